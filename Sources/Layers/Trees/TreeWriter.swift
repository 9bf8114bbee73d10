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

  package var root: FilePath { tree.path }
  private let tree: OpenDirectory
  private let claims: Mutex<PathClaims>
  private let directories = Mutex<Set<String>>([])
  private let canClone = Mutex(true)
  /// Memory for content that is decompressed, used again and again, since new memory costs the kernel time.
  private let buffers = Mutex<[[UInt8]]>([])

  /// Makes the directory, which must not be there.
  package init(at root: FilePath, isCaseSensitive: Bool) throws {
    claims = Mutex(PathClaims(isCaseSensitive: isCaseSensitive))
    do {
      guard mkdir(root.string, 0o755) == 0 else { throw Errno(rawValue: errno) }
      tree = try OpenDirectory(root)
    } catch {
      throw FileError(verb: "make the directory", path: root, cause: error)
    }
  }

  /// Makes a layer's directories and links, and those of its files that an earlier tree has, which are shared with it.
  ///
  /// It blocks. `earlier` is the layer as a tree was left with it. A file that has its stamp is that layer's still; any
  /// other is hashed before it is taken, since the table of one layer says nothing about another's content.
  ///
  /// - Returns: the layer with the numbers of the entries that are still to be written.
  package func begin(
    _ table: LayerTable, earlier: (layer: PlacedLayer, tree: OpenDirectory)?, reusing index: FileIndex,
    _ cancellation: Cancellation
  ) throws -> PlacedLayer {
    try claims.withLock { claims in
      for entry in table.entries { try claims.claim(entry.path, as: entry.claim) }
    }
    var layer = PlacedLayer(table)
    for (number, entry) in table.entries.enumerated() {
      try cancellation.check()
      switch entry.kind {
      case .directory: try makeDirectories(entry.path)
      case .symlink(let target):
        try makeParents(of: entry.path)
        guard symlinkat(target, tree.number, entry.path) == 0 else { throw failure(entry.path) }
      case .file(0, _, _):
        layer.stamps[number] = try write(UnsafeRawBufferPointer(start: nil, count: 0), as: entry)
        layer.tally.writtenFiles += 1
      case .file(let size, let digest, let isExecutable):
        let stamp =
          try earlier.flatMap { try share(entry, with: $0.tree, stamp: $0.layer.stamps[number]) }
          ?? index.place(of: digest, isExecutable: isExecutable).flatMap {
            try share(entry, with: $0, cancellation)
          }
        layer.stamps[number] = stamp
        if stamp == nil {
          layer.missing.append(number)
        } else {
          layer.tally.reusedFiles += 1
          layer.tally.reusedBytes += size
        }
      }
    }
    return layer
  }
}

extension TreeWriter {
  /// Writes a new file, whole.
  func write(_ bytes: UnsafeRawBufferPointer, as entry: LayerEntry) throws -> FileStamp {
    let file = try create(entry)
    return try describingFailure(of: entry.path) {
      try file.closeAfter {
        try file.writeAll(bytes)
        return try FileStamp(of: file)
      }
    }
  }

  /// Makes a new file, and the directories above it.
  func create(_ entry: LayerEntry) throws -> FileDescriptor {
    try makeParents(of: entry.path)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let number = openat(tree.number, entry.path, flags, entry.isExecutable ? 0o755 : 0o644)
    guard number >= 0 else { throw failure(entry.path) }
    return FileDescriptor(rawValue: number)
  }

  /// Says which file an error of the system is about.
  func describingFailure<Value>(of path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as Errno {
      throw FileError(verb: "unpack", path: place(path), cause: error)
    }
  }

  func withBuffer<Value>(
    _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Value
  ) throws -> Value {
    var buffer = buffers.withLock { $0.popLast() } ?? []
    if buffer.count < count {
      let size = max(count, FrameWriter.frameSize)
      // Only what was decompressed into it is read.
      buffer = [UInt8](unsafeUninitializedCapacity: size) { _, count in count = size }
    }
    defer { buffers.withLock { $0.append(buffer) } }
    return try buffer.withUnsafeMutableBytes {
      try body(UnsafeMutableRawBufferPointer(rebasing: $0[..<count]))
    }
  }

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
    try makeParents(of: path)
    guard mkdirat(tree.number, path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
    _ = directories.withLock { $0.insert(path) }
  }

  /// Shares a file that has its stamp; nil when it has not, or can't be shared.
  private func share(
    _ entry: LayerEntry, with earlier: OpenDirectory, stamp: FileStamp?
  ) throws -> FileStamp? {
    guard let stamp, FileStamp(of: entry.path, in: earlier) == stamp else { return nil }
    return try share(entry, with: FileIndex.Place(tree: earlier, path: entry.path), of: stamp)
  }

  /// Shares a file that has the content; nil when there is none, or it can't be shared.
  private func share(
    _ entry: LayerEntry, with earlier: FileIndex.Place, _ cancellation: Cancellation
  ) throws -> FileStamp? {
    guard let stamp = FileStamp(of: earlier.path, in: earlier.tree),
      entry.isContent(of: FilePath("\(earlier.tree.path.string)/\(earlier.path)"), cancellation)
    else { return nil }
    return try share(entry, with: earlier, of: stamp)
  }

  /// Gives the tree a file that an earlier one has: of the same blocks where the file system can, else the same file.
  ///
  /// - Returns: nil when there can't be one, since it has too many names already or lies elsewhere, or was changed meanwhile.
  private func share(
    _ entry: LayerEntry, with earlier: FileIndex.Place, of stamp: FileStamp
  ) throws -> FileStamp? {
    if canClone.withLock({ $0 }), let clone = try clone(entry, from: earlier, of: stamp) { return clone }
    try makeParents(of: entry.path)
    guard linkat(earlier.tree.number, earlier.path, tree.number, entry.path, 0) == 0 else {
      guard [EMLINK, EXDEV, EPERM, ENOENT].contains(errno) else { throw failure(entry.path) }
      return nil
    }
    guard let shared = FileStamp(of: entry.path, in: tree), shared.hasContent(of: stamp) else {
      guard unlinkat(tree.number, entry.path, 0) == 0 else { throw failure(entry.path) }
      return nil
    }
    return shared
  }

  private func clone(
    _ entry: LayerEntry, from earlier: FileIndex.Place, of stamp: FileStamp
  ) throws -> FileStamp? {
    let number = openat(earlier.tree.number, earlier.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { return nil }
    let source = FileDescriptor(rawValue: number)
    return try source.closeAfter {
      let file = try create(entry)
      let (isCloned, clone) = try file.closeAfter {
        (carchive_clone(number, file.rawValue), try FileStamp(of: file))
      }
      if isCloned, try FileStamp(of: source) == stamp { return clone }
      if !isCloned { canClone.withLock { $0 = false } }
      guard unlinkat(tree.number, entry.path, 0) == 0 else { throw failure(entry.path) }
      return nil
    }
  }
}

extension LayerEntry {
  fileprivate var isExecutable: Bool {
    if case .file(_, _, true) = kind { true } else { false }
  }
}
