import Layers
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension Puller {
  /// Whether a tree is as it was unpacked, though the machine may have crashed since.
  ///
  /// Trees are not synced, since that takes longer than unpacking them. One that was made before the machine was
  /// started last is compared with its lists once.
  func hasSurvived(_ tree: PulledTree) async throws -> Bool {
    guard let boot = tree.boot, boot != bootIdentity() else { return true }
    let isIntact = try await tree.layers.concurrentMap(width: processors) { layer in
      try await blocking { cancellation in
        let list = directory.tables.appending(layer.hex)
        guard FileStatus(of: list) != nil, let table = LayerTable(frame: try readFile(list)) else {
          return false
        }
        return try table.isIntact(at: directory.path(of: tree), cancellation)
      }
    }
    guard isIntact.allSatisfy(\.self) else {
      events(
        .diagnosed(
          Diagnostic(
            .warning, "'\(directory.path(of: tree))' has been changed, or was damaged by a crash",
            hint: "it is made again")))
      return false
    }
    try LateImports.keep(in: directory.path(of: tree))
    var state = try directory.state()
    for index in state.trees.indices where state.trees[index] == tree { state.trees[index].boot = nil }
    try directory.write(state)
    return true
  }
}

extension EnvironmentDirectory {
  /// Gives a finished tree its name; a damaged one that has it goes.
  func settle(_ draft: FilePath, as name: String) throws {
    let place = trees.appending(name)
    let old = trees.appending(".old-\(name)")
    try removeTree(old)
    if FileStatus(of: place, followingLinks: false) != nil, rename(place.string, old.string) != 0 {
      throw FileError(verb: "replace", path: place, cause: Errno(rawValue: errno))
    }
    guard rename(draft.string, place.string) == 0 else {
      throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
    }
    try removeTree(old)
  }
}

/// What tells this run of the machine from others; nil where the system doesn't say.
func bootIdentity() -> String? {
  // A system without it is one whose crashes nobody can tell.
  guard
    let file = try? FileDescriptor.open("/proc/sys/kernel/random/boot_id", .readOnly, options: .closeOnExec)
  else { return nil }
  var text = [UInt8](repeating: 0, count: 64)
  // Files of /proc have no size that could be asked for.
  let count = (try? file.closeAfter { try text.withUnsafeMutableBytes { try file.read(into: $0) } }) ?? 0
  let line = text[..<count].prefix { $0 != UInt8(ascii: "\n") }
  return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
}
