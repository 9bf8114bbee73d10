import Model
import SystemPackage

/// The files of trees that were unpacked before, by content.
///
/// Where a file was changed since, its content is another one: whoever takes a file from here hashes it first.
package struct FileIndex: Sendable {
  private struct Key: Hashable, Sendable {
    let digest: Digest
    let isExecutable: Bool
  }

  struct Place: Sendable {
    let tree: OpenDirectory
    let path: String
  }

  private var places: [Key: Place] = [:]

  package init() {}

  /// Adds the files of a layer that was unpacked into a tree; what is known already stays.
  package mutating func add(_ table: LayerTable, in tree: OpenDirectory) {
    places.reserveCapacity(places.count + table.entries.count)
    for entry in table.entries {
      guard case .file(let size, let digest, let isExecutable) = entry.kind, size > 0 else { continue }
      let key = Key(digest: digest, isExecutable: isExecutable)
      if places[key] == nil { places[key] = Place(tree: tree, path: entry.path) }
    }
  }

  func place(of digest: Digest, isExecutable: Bool) -> Place? {
    places[Key(digest: digest, isExecutable: isExecutable)]
  }
}
