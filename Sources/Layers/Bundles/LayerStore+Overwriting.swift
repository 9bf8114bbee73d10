import Model

extension LayerStore {
  /// A file that a layer of the kind `files` put over another layer's.
  package struct Overwrite: Sendable, Hashable {
    package let path: String
    /// The name of the layer that had it.
    package let layer: String
    /// The name of the layer whose file it is now.
    package let by: String

    package init(path: String, layer: String, by: String) {
      self.path = path
      self.layer = layer
      self.by = by
    }
  }

  /// The layers made free of each other, so that `writeBundle` takes them.
  ///
  /// A file of a later layer of the kind `files` takes the place of an earlier one at the same path. A file that two
  /// layers hold with equal content, as wheels of one namespace do, stays in the first only. For both, the layer
  /// that loses files is made again without them.
  ///
  /// - Returns: the layers, in their order, and what was overwritten with other content.
  /// - Throws: `LayersError.collision` for everything else that cannot stand side by side.
  package func resolvingOverwrites(
    _ layers: [BundleLayer], level: Int, isCaseSensitive: Bool = false
  ) async throws -> (layers: [BundleLayer], overwritten: [Overwrite]) {
    let found = try await blocking { _ in try overlaps(of: layers) }
    var resolved: [BundleLayer] = []
    for (index, item) in layers.enumerated() {
      guard let paths = found.omissions[index] else {
        resolved.append(item)
        continue
      }
      let layer = try await omitting(paths, from: item.layer, level: level)
      if layer.fileCount > 0 { resolved.append(BundleLayer(name: item.name, kind: item.kind, layer: layer)) }
    }
    let done = resolved
    try await blocking { _ in try checkCollisions(of: done, isCaseSensitive: isCaseSensitive) }
    return (done, found.overwrites)
  }

  private struct Overlaps: Sendable {
    var omissions: [Int: Set<String>] = [:]
    var overwrites: [Overwrite] = []
  }

  /// Which paths each layer has to give up, by the layer's index.
  private func overlaps(of layers: [BundleLayer]) throws -> Overlaps {
    var holders: [String: (index: Int, kind: LayerEntry.Kind)] = [:]
    var found = Overlaps()
    for (index, item) in layers.enumerated() {
      for entry in try entries(of: item) where entry.kind != .directory {
        guard let holder = holders.updateValue((index, entry.kind), forKey: entry.path) else { continue }
        if holder.kind == entry.kind {
          found.omissions[index, default: []].insert(entry.path)
          holders[entry.path] = holder
        } else if item.kind == BundleLayer.overwritingKind, holder.kind != .directory {
          found.omissions[holder.index, default: []].insert(entry.path)
          found.overwrites.append(
            Overwrite(path: entry.path, layer: layers[holder.index].name, by: item.name))
        } else {
          throw LayersError.collision(
            path: entry.path, layer: item.name, otherPath: entry.path, otherLayer: layers[holder.index].name)
        }
      }
    }
    return found
  }
}
