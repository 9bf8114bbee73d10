import Layers
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// An interpreter's prefix on disk, while it is put together.
struct RuntimeTree: Sendable {
  enum Kind: Sendable, Hashable {
    case file(isExecutable: Bool)
    case symlink(target: String)
    case directory
  }

  struct Entry: Sendable, Hashable {
    /// Relative to the root.
    let path: String
    let kind: Kind
  }

  let root: FilePath

  func path(_ relative: String) -> FilePath { root.appending(relative) }

  /// All that is in it, sorted by path, so that equal trees give equal layers.
  func entries(below directory: String = "") throws -> [Entry] {
    var found: [Entry] = []
    for name in try listDirectory(directory.isEmpty ? root : path(directory)) {
      let relative = directory.isEmpty ? name : "\(directory)/\(name)"
      let kind = try kind(of: relative)
      found.append(Entry(path: relative, kind: kind))
      if kind == .directory { found += try entries(below: relative) }
    }
    return found
  }

  func files(below directory: String = "") throws -> [String] {
    guard directory.isEmpty || exists(directory) else { return [] }
    return try entries(below: directory).filter { if case .file = $0.kind { true } else { false } }.map(
      \.path)
  }

  func exists(_ relative: String) -> Bool {
    FileStatus(of: path(relative), followingLinks: false) != nil
  }

  func kind(of relative: String) throws -> Kind {
    let path = path(relative)
    guard let status = FileStatus(of: path, followingLinks: false) else {
      throw FileError(verb: "read", path: path, cause: Errno(rawValue: errno))
    }
    return switch status.kind {
    case .directory: .directory
    case .symlink: .symlink(target: try readLink(path))
    case .file, .other: .file(isExecutable: status.isExecutable)
    }
  }

  func read(_ relative: String) throws -> [UInt8] { try readFile(path(relative)) }

  /// Writes a file, the directories above it included.
  func write(_ relative: String, _ bytes: [UInt8], executable: Bool = false) throws {
    let place = path(relative)
    try makeDirectory(place.removingLastComponent())
    // What is there may be a link to something else, or not writable.
    try removeTree(place)
    do {
      let file = try FileDescriptor.open(
        place, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: FilePermissions(rawValue: executable ? 0o755 : 0o644))
      _ = try file.closeAfter { try file.writeAll(bytes) }
    } catch {
      throw FileError(verb: "write", path: place, cause: error)
    }
  }

  /// Changes a file's content; nothing is written when it stays the same.
  func edit(_ relative: String, _ change: (inout [UInt8]) throws -> Void) throws {
    let before = try read(relative)
    var after = before
    try change(&after)
    guard after != before, case .file(let isExecutable) = try kind(of: relative) else { return }
    try write(relative, after, executable: isExecutable)
  }

  func link(_ relative: String, to target: String) throws {
    let place = path(relative)
    try makeDirectory(place.removingLastComponent())
    try removeTree(place)
    guard symlink(target, place.string) == 0 else {
      throw FileError(verb: "make the link", path: place, cause: Errno(rawValue: errno))
    }
  }

  func move(_ relative: String, to other: String) throws { try move(relative, toPlace: path(other)) }

  /// Moves something out of the tree, or within it.
  func move(_ relative: String, toPlace place: FilePath) throws {
    try makeDirectory(place.removingLastComponent())
    guard rename(path(relative).string, place.string) == 0 else {
      throw FileError(verb: "move", path: path(relative), cause: Errno(rawValue: errno))
    }
  }

  func remove(_ relative: String) throws { try removeTree(path(relative)) }

  /// Removes directories in which there is nothing but directories.
  func removeEmptyDirectories(except kept: [String]) throws {
    for entry in try entries().reversed() where entry.kind == .directory && !kept.contains(entry.path) {
      if try listDirectory(path(entry.path)).isEmpty { try remove(entry.path) }
    }
  }

  /// Packs everything into a layer; it blocks.
  func pack(into writer: LayerWriter, _ cancellation: Cancellation) throws {
    for entry in try entries() {
      try cancellation.check()
      switch entry.kind {
      case .file(let isExecutable):
        try writer.addFile(entry.path, bytes: read(entry.path), executable: isExecutable)
      case .symlink(let target): try writer.addSymlink(entry.path, target: target)
      case .directory where try listDirectory(path(entry.path)).isEmpty: try writer.addDirectory(entry.path)
      case .directory: break
      }
    }
  }
}
