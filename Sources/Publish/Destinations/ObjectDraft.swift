import Artifacts
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A file that is being written, which gets its name when it is whole or goes when the value does.
///
/// It belongs to one thread at a time.
final class ObjectDraft {
  private let path: FilePath
  private let file: FileDescriptor
  private var isSettled = false

  init(in directory: FilePath, prefix: String) throws(FileError) {
    let number = String(UInt64.random(in: .min ... .max), radix: 36)
    path = directory.appending("\(prefix)\(number).draft")
    do {
      file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  deinit {
    // An unfinished draft is nobody's; what can't be removed is removed by the next prune.
    try? file.close()
    if !isSettled { unlink(path.string) }
  }

  func write(_ bytes: [UInt8]) throws(FileError) {
    do {
      try file.writeAll(bytes)
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  /// Appends a part of a file; the digest of what there was of it.
  func copy(
    _ source: FilePath, from offset: Int64, size: Int64, _ cancellation: Cancellation,
    report: (Int64) -> Void = { _ in }
  ) throws -> Digest {
    let input: FileDescriptor
    do {
      input = try FileDescriptor.open(source, .readOnly, options: .closeOnExec)
    } catch {
      throw FileError(verb: "read", path: source, cause: error)
    }
    let hash = SHA256()
    var completed: Int64 = 0
    do {
      try input.closeAfter {
        try input.pieces(from: offset, size: size) { piece in
          try cancellation.check()
          hash.update(piece)
          do {
            try file.writeAll(piece)
          } catch {
            throw FileError(verb: "write", path: path, cause: error)
          }
          completed += Int64(piece.count)
          report(completed)
        }
      }
    } catch let error as Errno {
      throw FileError(verb: "read", path: source, cause: error)
    }
    return hash.finish()
  }

  /// Gives the file its name; `durably` when it has to be on the disk before.
  func settle(at place: FilePath, durably: Bool = true) throws(FileError) {
    guard fchmod(file.rawValue, 0o644) == 0, !durably || fsync(file.rawValue) == 0,
      rename(path.string, place.string) == 0
    else { throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno)) }
    isSettled = true
    guard durably else { return }
    try syncDirectory(place.removingLastComponent())
  }
}

extension FileDescriptor {
  /// Reads a part of the file in pieces of at most a megabyte; fewer bytes than `size` when the file ends.
  func pieces(from offset: Int64, size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    var position = offset
    let end = offset + size
    while position < end {
      let wanted = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<Int(min(end - position, Int64(buffer.count)))])
      let count = try read(fromAbsoluteOffset: position, into: wanted)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: wanted[..<count]))
      position += Int64(count)
    }
  }
}
