import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What a transaction has done to the disk so far, to be finished or taken back.
struct FileChanges {
  private struct Placed {
    let place: FilePath
    /// What was there before, under another name; nil for nothing.
    let backup: FilePath?
  }

  /// In the order in which they were made.
  private var directories: [FilePath] = []
  private var drafts: [FilePath: FilePath] = [:]
  private var placed: [Placed] = []

  /// A name beside a place that nothing else has.
  private func neighbour(of place: FilePath, _ kind: String) -> FilePath {
    let name = place.lastComponent?.string ?? ""
    return place.removingLastComponent().appending(
      ".ppp-\(kind)-\(getpid())-\(name.utf8.count > 200 ? "" : name)")
  }

  private mutating func make(_ directory: FilePath) throws(FileError) {
    guard FileStatus(of: directory)?.kind != .directory else { return }
    let parent = directory.removingLastComponent()
    if !parent.isEmpty, parent != directory { try make(parent) }
    guard mkdir(directory.string, 0o777) == 0 else {
      throw FileError(verb: "make the directory", path: directory, cause: Errno(rawValue: errno))
    }
    directories.append(directory)
  }

  /// Writes a file's bytes beside its place.
  mutating func draft(_ write: FileTransaction.Write) throws(FileError) {
    try make(write.place.removingLastComponent())
    let draft = neighbour(of: write.place, "draft")
    // The system takes away what the user's umask says.
    let permissions = FilePermissions(rawValue: write.isExecutable ? 0o777 : 0o666)
    do {
      let file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
        permissions: permissions)
      drafts[write.place] = draft
      try file.closeAfter {
        try file.writeAll(write.bytes)
        try Self.keepPermissions(of: write, for: file)
      }
    } catch {
      throw FileError(verb: "write", path: write.place, cause: error)
    }
  }

  /// A file that takes another's place may be read and run by whoever might before.
  private static func keepPermissions(
    of write: FileTransaction.Write, for file: FileDescriptor
  ) throws(Errno) {
    var status = stat()
    guard write.before != nil, stat(write.place.string, &status) == 0 else { return }
    let mode = status.st_mode & 0o777 | (write.isExecutable ? (status.st_mode & 0o444) >> 2 : 0)
    guard fchmod(file.rawValue, mode) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Returns when all drafts are on the disk.
  func syncDrafts(_ check: () throws -> Void) throws {
    for (place, draft) in drafts.sorted(by: { $0.key.string < $1.key.string }) {
      try check()
      do {
        let file = try FileDescriptor.open(draft, .readOnly, options: .closeOnExec)
        try file.closeAfter { guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) } }
      } catch let error as Errno {
        throw FileError(verb: "write", path: place, cause: error)
      }
    }
  }

  /// Gives a draft its place, if that is still as it was.
  mutating func place(_ write: FileTransaction.Write) throws {
    guard let draft = drafts[write.place] else { return }
    let isThere = FileStatus(of: write.place, followingLinks: false) != nil
    guard let before = write.before else {
      guard !isThere else { throw AddError.changedMeanwhile(write.shown) }
      try rename(draft, to: write.place)
      drafts[write.place] = nil
      placed.append(Placed(place: write.place, backup: nil))
      return
    }
    guard isThere, FileStatus(of: write.place)?.kind == .file, try readFile(write.place) == before else {
      throw AddError.changedMeanwhile(write.shown)
    }
    let backup = neighbour(of: write.place, "backup")
    // Where files can't have two names there is a moment without any.
    if link(write.place.string, backup.string) != 0 { try rename(write.place, to: backup) }
    placed.append(Placed(place: write.place, backup: backup))
    try rename(draft, to: write.place)
    drafts[write.place] = nil
  }

  private func rename(_ path: FilePath, to place: FilePath) throws(FileError) {
    guard Glibc.rename(path.string, place.string) == 0 else {
      throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
    }
  }

  /// Takes everything back, last first, and tells what could not be.
  mutating func restore() -> [FilePath] {
    var left: [FilePath] = []
    for change in placed.reversed() {
      let isBack =
        if let backup = change.backup {
          Glibc.rename(backup.string, change.place.string) == 0
        } else {
          unlink(change.place.string) == 0
        }
      if !isBack { left.append(change.place) }
      // Renaming one name of a file to another of its names leaves both.
      if isBack, let backup = change.backup { unlink(backup.string) }
    }
    for draft in drafts.values where unlink(draft.string) != 0 && errno != ENOENT { left.append(draft) }
    // A directory that somebody else put something into stays.
    for directory in directories.reversed() { rmdir(directory.string) }
    return left.sorted { $0.string < $1.string }
  }

  /// Removes what is only needed to go back; the new names are on the disk then.
  func finish() {
    for backup in placed.compactMap(\.backup) { unlink(backup.string) }
    let parents =
      placed.map { $0.place.removingLastComponent() } + directories.map { $0.removingLastComponent() }
    // Everything is in its place: a crash of the machine right now is all that syncing is for.
    for parent in Set(parents) { try? syncDirectory(parent) }
  }
}
