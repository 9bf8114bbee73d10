import Artifacts
import CArchive
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension FileDescriptor {
  /// Appends up to `limit` bytes of another file at this file's position, inside the kernel where it can.
  ///
  /// - Returns: how many bytes there were.
  func append(_ source: FileDescriptor, from offset: Int64 = 0, limit: Int64) throws -> Int64 {
    var position = offset
    let end = offset + limit
    #if os(Linux)
    while position < end {
      let count = carchive_copy_range(source.rawValue, &position, rawValue, Int(min(end - position, 1 << 30)))
      if count > 0 { continue }
      if count == 0 { return position - offset }
      switch errno {
      case EINTR: continue
      // Another file system, or one that can't: the plain way below goes on from where this one stopped.
      case EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, EPERM: break
      default: throw Errno(rawValue: errno)
      }
      break
    }
    #endif
    try source.pieces(offset: position, size: end - position) { bytes in
      try writeAll(bytes)
      position += Int64(bytes.count)
    }
    return position - offset
  }

  /// The SHA-256 of a part of the file, or of all of it.
  func digest(offset: Int64 = 0, size: Int64 = .max, _ cancellation: Cancellation) throws -> Digest {
    let hasher = SHA256()
    try pieces(offset: offset, size: size) { bytes in
      try cancellation.check()
      hasher.update(bytes)
    }
    return hasher.finish()
  }

  /// Reads a part of the file in pieces; fewer bytes than `size` when the file ends.
  func pieces(offset: Int64, size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { buffer.deallocate() }
    var position = offset
    var left = size
    while left > 0 {
      let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(left, Int64(buffer.count)))])
      let count = try read(fromAbsoluteOffset: position, into: wanted)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: wanted[..<count]))
      position += Int64(count)
      left -= Int64(count)
    }
  }
}
