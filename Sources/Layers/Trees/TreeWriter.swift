import CArchive
package import Model
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Puts an environment's tree together from its layers, in a new directory that nobody else writes to.
///
/// Several layers may be added at once, from as many threads. No path may occur twice or lie below a file or link of
/// any layer, so that nothing is ever written through a link.
package final class TreeWriter: Sendable {
  /// What became of a layer's files.
  package struct Tally: Sendable, Hashable {
    /// Files that an earlier tree had, and that are now in both.
    package var reusedFiles = 0
    package var reusedBytes: Int64 = 0
    package var writtenFiles = 0
    package var writtenBytes: Int64 = 0

    package init() {}

    package static func += (left: inout Tally, right: Tally) {
      left.reusedFiles += right.reusedFiles
      left.reusedBytes += right.reusedBytes
      left.writtenFiles += right.writtenFiles
      left.writtenBytes += right.writtenBytes
    }
  }

  package let root: FilePath
  private let claims: Mutex<PathClaims>
  private let directories = Mutex<Set<String>>([])
  private let canClone = Mutex(true)

  /// Makes the directory, which must not be there.
  package init(at root: FilePath, isCaseSensitive: Bool) throws {
    self.root = root
    claims = Mutex(PathClaims(isCaseSensitive: isCaseSensitive))
    guard mkdir(root.string, 0o755) == 0 else {
      throw FileError(verb: "make the directory", path: root, cause: Errno(rawValue: errno))
    }
  }

  /// Makes a layer's directories and links, and those of its files that an earlier tree has, which are shared with it.
  ///
  /// It blocks. The earlier file is hashed before; one that was changed is not taken.
  ///
  /// - Returns: the numbers of the entries that are still to be written.
  package func begin(
    _ table: LayerTable, reusing index: FileIndex, _ tally: inout Tally, _ cancellation: Cancellation
  ) throws -> [Int] {
    try claims.withLock { claims in
      for entry in table.entries { try claims.claim(entry.path, as: entry.claim) }
    }
    var missing: [Int] = []
    for (number, entry) in table.entries.enumerated() {
      try cancellation.check()
      switch entry.kind {
      case .directory: try makeDirectories(entry.path)
      case .symlink(let target):
        try makeParents(of: entry.path)
        guard symlink(target, place(entry.path).string) == 0 else { throw failure(entry.path) }
      case .file(0, _, let isExecutable):
        try makeParents(of: entry.path)
        try create(entry.path, isExecutable: isExecutable).close()
        tally.writtenFiles += 1
      case .file(let size, let digest, let isExecutable):
        guard let earlier = index.place(of: digest, isExecutable: isExecutable),
          isFile(earlier, size: size, digest: digest, isExecutable: isExecutable, cancellation)
        else {
          missing.append(number)
          continue
        }
        try makeParents(of: entry.path)
        guard try share(earlier, with: entry.path, isExecutable: isExecutable) else {
          missing.append(number)
          continue
        }
        tally.reusedFiles += 1
        tally.reusedBytes += size
      }
    }
    return missing
  }

  /// Writes these files of a layer from its bytes.
  ///
  /// It blocks. A layer whose archive is not what its table lists is refused.
  package func write(
    _ missing: [Int], of table: LayerTable, from layer: LayerFile, _ tally: inout Tally,
    _ cancellation: Cancellation
  ) throws {
    guard !missing.isEmpty else { return }
    let reader = try ArchiveReader(verifiedFileAt: layer.path, limits: .standard)
    var wanted = missing[...]
    for (number, entry) in table.entries.enumerated() {
      try cancellation.check()
      guard let found = try reader.next(), try found.matches(entry) else {
        throw LayersError.malformedLayer(
          layer.digest, reason: "its table does not list '\(entry.path)' rightly")
      }
      guard wanted.first == number, case .file(let size, _, let isExecutable) = entry.kind else { continue }
      try makeParents(of: entry.path)
      try write(entry.path, isExecutable: isExecutable, from: reader)
      tally.writtenFiles += 1
      tally.writtenBytes += size
      wanted.removeFirst()
      if wanted.isEmpty { return }
    }
  }
}

extension TreeWriter {
  private func place(_ path: String) -> FilePath { FilePath("\(root.string)/\(path)") }

  private func failure(_ path: String) -> FileError {
    FileError(verb: "unpack", path: place(path), cause: Errno(rawValue: errno))
  }

  private func makeParents(of path: String) throws {
    guard let parent = LayerPath.parents(of: path).first(where: { _ in true }) else { return }
    try makeDirectories(String(parent))
  }

  private func makeDirectories(_ path: String) throws {
    guard !directories.withLock({ $0.contains(path) }) else { return }
    try makeDirectory(place(path))
    directories.withLock { directories in
      directories.insert(path)
      for parent in LayerPath.parents(of: path) { directories.insert(String(parent)) }
    }
  }

  private func write(_ path: String, isExecutable: Bool, from reader: ArchiveReader) throws {
    let file = try create(path, isExecutable: isExecutable)
    do {
      try file.closeAfter { try reader.read { _ = try file.writeAll($0) } }
    } catch let error as Errno {
      throw FileError(verb: "unpack", path: place(path), cause: error)
    }
  }

  private func create(_ path: String, isExecutable: Bool) throws -> FileDescriptor {
    let mode: mode_t = isExecutable ? 0o755 : 0o644
    let number = open(place(path).string, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard number >= 0 else { throw failure(path) }
    return FileDescriptor(rawValue: number)
  }

  /// Gives the tree a file that an earlier one has: of the same blocks where the file system can, else the same file.
  ///
  /// - Returns: false when there can't be one, since it has too many names already or lies elsewhere.
  private func share(_ earlier: FilePath, with path: String, isExecutable: Bool) throws -> Bool {
    if canClone.withLock({ $0 }), try clone(earlier, to: path, isExecutable: isExecutable) { return true }
    if link(earlier.string, place(path).string) == 0 { return true }
    guard [EMLINK, EXDEV, EPERM, ENOENT].contains(errno) else { throw failure(path) }
    return false
  }

  private func clone(_ earlier: FilePath, to path: String, isExecutable: Bool) throws -> Bool {
    let source = try FileDescriptor.open(earlier, .readOnly, options: [.noFollow, .closeOnExec])
    return try source.closeAfter {
      let file = try create(path, isExecutable: isExecutable)
      let isCloned = try file.closeAfter { carchive_clone(source.rawValue, file.rawValue) }
      guard !isCloned else { return true }
      canClone.withLock { $0 = false }
      guard unlink(place(path).string) == 0 else { throw failure(path) }
      return false
    }
  }
}

extension ArchiveEntry {
  /// Whether it is what the layer's table has at its place.
  fileprivate func matches(_ entry: LayerEntry) throws -> Bool {
    guard try relativePath() == entry.path else { return false }
    return switch (kind, entry.kind) {
    case (.file, .file(let size, _, let isExecutable)):
      self.size == size && self.isExecutable == isExecutable
    case (.symlink(let target), .symlink(let listed)): target == listed
    case (.directory, .directory): true
    default: false
    }
  }
}
