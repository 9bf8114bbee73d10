import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What has arrived of a file, kept in the cache so that another try, or another run, asks only for the rest.
///
/// One process at a time holds it (flock). The digest of all bytes is computed as they come; bytes that were there
/// before are hashed when the file is opened.
final class PartialFile: BodySink {
  /// What to do when the wished-for rest and the answer don't fit together.
  enum Mismatch: Error {
    /// The server sent another part than the one asked for.
    case otherRange
    /// More bytes came than the file has.
    case tooLong(Int64)
  }

  let path: FilePath
  /// Where in the remote file it begins, in bytes; 0 where the whole is fetched.
  private let base: Int64
  /// What the file should have in the end, in bytes.
  private let expectedSize: Int64?
  private let report: @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  private let file: FileDescriptor

  // The engine's thread has these during a transfer, the fetching task between transfers.
  nonisolated(unsafe) private var hash = SHA256()
  nonisolated(unsafe) private(set) var length: Int64 = 0
  nonisolated(unsafe) private var announced: Int64?
  /// What tells this version of the file from others, as the server names it, for If-Range.
  nonisolated(unsafe) private(set) var validator: String?
  nonisolated(unsafe) private(set) var isSettled = false

  /// Opens the partial file, waiting for another process that fetches it.
  ///
  /// It blocks.
  init(
    at path: FilePath, base: Int64 = 0, expectedSize: Int64?, cancellation: Cancellation,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) throws {
    self.path = path
    self.base = base
    self.expectedSize = expectedSize
    self.report = report
    file = try Self.openAlone(path, cancellation)
    try takeIn(cancellation)
  }

  /// Hashes what was there before; what is longer than the file should be is no part of it.
  private func takeIn(_ cancellation: Cancellation) throws {
    do {
      let size = try FileIdentity(of: file).size
      guard size > 0 else { return }
      guard size <= expectedSize ?? .max else {
        length = size
        return try reset()
      }
      try file.readPieces {
        try cancellation.check()
        hash.update($0)
        length += Int64($0.count)
      }
    } catch let error as Errno {
      throw FileError(verb: "read", path: path, cause: error)
    }
  }

  deinit {
    // Closing lets go of the lock; an empty file is worth nothing.
    if length == 0, !isSettled { unlink(path.string) }
    try? file.close()
  }

  private static func openAlone(_ path: FilePath, _ cancellation: Cancellation) throws -> FileDescriptor {
    do {
      while true {
        let file = try FileDescriptor.open(
          path, .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
        while try !file.takeLock() {
          try cancellation.check()
          usleep(50_000)
        }
        // Whoever held it may have renamed it to its place.
        let identity = try FileIdentity(of: file)
        if let there = FileIdentity(at: path), there.isSameFile(as: identity) { return file }
        try file.close()
      }
    } catch let error as Errno {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  func begin(_ head: ResponseHead) throws {
    if head.status == 206, length > 0 || base > 0 {
      guard let range = ContentRange(head.headers["content-range"]), range.first == base + length else {
        throw Mismatch.otherRange
      }
      announced = base == 0 ? range.total : nil
    } else {
      try reset()
      announced = head.headers["content-length"].flatMap { Int64($0) }
    }
    let tag = head.headers["etag"].flatMap { $0.hasPrefix("W/") ? nil : $0 }
    validator = tag ?? head.headers["last-modified"]
  }

  func receive(_ bytes: UnsafeRawBufferPointer) throws {
    if let expectedSize, length + Int64(bytes.count) > expectedSize {
      throw Mismatch.tooLong(length + Int64(bytes.count))
    }
    do {
      try file.writeAll(bytes)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
    hash.update(bytes)
    length += Int64(bytes.count)
    report(length, expectedSize ?? announced)
  }

  /// Forgets all bytes.
  func reset() throws {
    guard length > 0 else { return }
    do {
      guard ftruncate(file.rawValue, 0) == 0 else { throw Errno(rawValue: errno) }
      try file.seek(offset: 0, from: .start)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
    hash = SHA256()
    length = 0
  }

  /// The digest of all bytes; after it only `reset` or `settle` make sense.
  func digest() -> Digest { hash.finish() }

  /// Gives the file its place in the store.
  ///
  /// It blocks.
  func settle(at place: FilePath, permissions: mode_t = 0o444, durably: Bool = true) throws {
    try file.settle(from: path, at: place, permissions: permissions, durably: durably)
    isSettled = true
  }
}

/// A Content-Range header: `bytes 100-199/200`.
struct ContentRange {
  let first: Int64
  /// Nil where the server doesn't know.
  let total: Int64?

  init?(_ text: String?) {
    guard let text, let match = text.wholeMatch(of: #/bytes (\d{1,18})-\d+/(\d{1,18}|\*)/#),
      let first = Int64(match.1)
    else { return nil }
    self.first = first
    total = Int64(match.2)
  }
}
