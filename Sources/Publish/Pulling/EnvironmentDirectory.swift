import FoundationEssentials
import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A directory that environments are pulled into.
///
/// ```
/// current -> trees/0f1e2d3c4b5a6978     the environment; the link is swapped atomically
/// trees/<16 digits>/                    trees, named by their bundles' digests
/// .ppp/pulled.json                      what the trees are
/// .ppp/layers/<64 digits>               the lists of files of their layers
/// .ppp/stamps/<16 digits>               what tells that the files of a tree are as they were made
/// .ppp/seen/                            which catalogues were seen (Freshness)
/// .ppp/lock                             held by the one that changes something
/// ```
package struct EnvironmentDirectory: Sendable {
  package let root: FilePath

  package init(_ root: FilePath) { self.root = root }

  package var current: FilePath { root.appending("current") }
  package var seen: FilePath { own.appending("seen") }
  package var own: FilePath { root.appending(".ppp") }
  package var trees: FilePath { root.appending("trees") }
  var tables: FilePath { own.appending("layers") }
  private var stateFile: FilePath { own.appending("pulled.json") }

  package func path(of tree: PulledTree) -> FilePath { trees.appending(tree.name) }

  /// What was pulled; an empty state for a directory that is empty or not there.
  ///
  /// - Throws: `PullError.occupied` for a directory with other things in it, `PullError.damagedState`.
  package func state() throws -> PullState {
    guard FileStatus(of: stateFile) != nil else {
      let names = FileStatus(of: root) == nil ? [] : try listDirectory(root)
      guard Set(names).isSubset(of: [".ppp", "trees"]) else { throw PullError.occupied(root) }
      return PullState()
    }
    let bytes = try readFile(stateFile)
    let state: PullState
    do {
      state = try JSONDecoder().decode(PullState.self, from: Data(bytes))
    } catch {
      throw PullError.damagedState(stateFile, reason: "it is not the JSON that it should be")
    }
    guard state.schemaVersion <= PullState.currentSchemaVersion else {
      throw PullError.damagedState(stateFile, reason: "it was written by a newer ppp")
    }
    guard state.trees.allSatisfy({ $0.name == Self.treeName(of: $0.digest) }) else {
      throw PullError.damagedState(stateFile, reason: "it names a tree that ppp would not")
    }
    return state
  }

  func write(_ state: PullState) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try writeAtomically([UInt8](encoder.encode(state)) + [0x0a], to: stateFile)
  }

  /// A tree is named by its bundle.
  static func treeName(of bundle: Digest) -> String { String(bundle.hex.prefix(16)) }

  /// The tree that `current` leads to, if it is one that was pulled.
  package func currentTree(in state: PullState) -> PulledTree? {
    // No link, or one of somebody else's, leads to no tree of ours.
    guard let target = try? readLink(current) else { return nil }
    return state.trees.last { "trees/\($0.name)" == target }
  }

  /// Makes a tree the current one: whoever looks sees the old or the new one, never none.
  func makeCurrent(_ tree: PulledTree) throws {
    let draft = own.appending("current")
    try removeTree(draft)
    guard symlink("trees/\(tree.name)", draft.string) == 0, rename(draft.string, current.string) == 0 else {
      throw FileError(verb: "switch", path: current, cause: Errno(rawValue: errno))
    }
    try syncDirectory(root)
  }

  /// Removes what a pull that was ended left behind, and the trees and lists that the state does not have any more.
  func sweep(_ state: PullState) throws {
    let names = Set(state.trees.map(\.name))
    for place in [trees, stamps] {
      for name in try listDirectory(place) where !names.contains(name) {
        try removeTree(place.appending(name))
      }
    }
    let layers = Set(state.trees.flatMap { $0.layers.map(\.hex) })
    for name in try listDirectory(tables) where !layers.contains(name) {
      try removeTree(tables.appending(name))
    }
  }
}
