import Model

extension Catalogue {
  /// What sets bundle `new` apart from bundle `old`: two cells, or two generations of one.
  ///
  /// - Throws: `CatalogueError.notRecorded` when one of them is not on record.
  package func difference(from old: BundleReference, to new: BundleReference) throws -> BundleDifference {
    let (old, new) = (try recorded(old), try recorded(new))
    let (oldDigests, newDigests) = (Set(old.layers.map(\.digest)), Set(new.layers.map(\.digest)))
    let removed = old.layers.filter { !newDigests.contains($0.digest) }
    let added = new.layers.filter { !oldDigests.contains($0.digest) }
    return BundleDifference(
      runtime: old.runtime == new.runtime ? nil : .init(old: old.runtime, new: new.runtime),
      packages: packageChanges(from: old.packages, to: new.packages),
      // What is in a layer of both is the same in both.
      files: fileChanges(
        from: try files(in: removed.map(\.digest)), to: try files(in: added.map(\.digest))),
      sharedLayers: new.layers.filter { oldDigests.contains($0.digest) },
      removedLayers: removed, addedLayers: added,
      sizeDelta: new.size - old.size, unpackedSizeDelta: new.unpackedSize - old.unpackedSize)
  }
}

private func packageChanges(
  from old: [PackageRecord], to new: [PackageRecord]
) -> [BundleDifference.PackageChange] {
  pairs(old, new, by: \.name).compactMap { name, old, new in
    old?.version == new?.version
      ? nil : BundleDifference.PackageChange(name: name, old: old?.version, new: new?.version)
  }.sorted { $0.name < $1.name }
}

private func fileChanges(from old: [FileRecord], to new: [FileRecord]) -> [BundleDifference.FileChange] {
  pairs(old, new, by: \.path).compactMap { path, old, new in
    old == new ? nil : BundleDifference.FileChange(path: path, old: old, new: new)
  }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}

/// The elements of both sides that have a key in common, and those that only one side has.
private func pairs<Element, Key: Hashable>(
  _ old: [Element], _ new: [Element], by key: (Element) -> Key
) -> [(Key, Element?, Element?)] {
  let old = Dictionary(old.map { (key($0), $0) }, uniquingKeysWith: { _, last in last })
  let new = Dictionary(new.map { (key($0), $0) }, uniquingKeysWith: { _, last in last })
  return Set(old.keys).union(new.keys).map { ($0, old[$0], new[$0]) }
}
