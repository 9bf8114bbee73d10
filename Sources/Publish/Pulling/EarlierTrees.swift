import Layers
import Model
import SystemPackage

/// What the trees of a directory have that the next one may have of them.
struct EarlierTrees: Sendable {
  /// The layers, each with the tree that has it: the current one where it does, else the latest.
  private(set) var layers: [Digest: (layer: PlacedLayer, tree: OpenDirectory)] = [:]
  /// All their files, those of the current tree before others.
  private(set) var files = FileIndex()
}

extension EarlierTrees {
  /// Reads the lists of the trees' layers and the stamps of their files; what is damaged is as good as not there.
  init(of state: PullState, in directory: EnvironmentDirectory, processors: Int) async throws {
    let current = directory.currentTree(in: state)
    let trees = [current].compactMap(\.self) + state.trees.reversed().filter { $0 != current }
    let digests = Set(trees.flatMap(\.layers)).sorted()
    let tables = try await digests.concurrentMap(width: processors) { digest in
      try await blocking { _ in
        let path = directory.tables.appending(digest.hex)
        return FileStatus(of: path) == nil ? nil : LayerTable(frame: try readFile(path))
      }
    }
    let known = Dictionary(zip(digests, tables)) { first, _ in first }
    for tree in trees {
      // A tree that somebody has removed has nothing to give.
      guard let place = try? OpenDirectory(directory.path(of: tree)) else { continue }
      let stamps = directory.stamps(of: tree)
      for digest in tree.layers {
        guard let table = known[digest] ?? nil else { continue }
        files.add(table, in: place)
        if layers[digest] == nil {
          layers[digest] = (PlacedLayer(table, stamps: stamps?.layers[digest]), place)
        }
      }
    }
  }
}
