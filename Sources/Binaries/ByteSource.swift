import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Bytes that are read in pieces at checked offsets: those of a file, of an array, or of a part of either.
///
/// No offset from a file is trusted: what lies outside is `BinaryError.truncated`, never a crash. Files are read
/// with pread(2), not mapped, so that one which shrinks meanwhile is an error as well, not a SIGBUS.
struct ByteSource {
  private enum Storage {
    case memory([UInt8])
    case file(FileDescriptor)
  }

  private let storage: Storage
  private let start: UInt64
  /// In bytes; offsets count from 0 to this.
  let size: UInt64

  init(_ bytes: [UInt8]) {
    self.init(storage: .memory(bytes), start: 0, size: UInt64(bytes.count))
  }

  /// The bytes of an open regular file, which must stay open while the source is used.
  init(_ file: FileDescriptor) throws(Errno) {
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    self.init(storage: .file(file), start: 0, size: UInt64(max(0, status.st_size)))
  }

  private init(storage: Storage, start: UInt64, size: UInt64) {
    self.storage = storage
    self.start = start
    self.size = size
  }

  /// A part of these bytes as a source of its own, with offsets from 0.
  func part(at offset: UInt64, count: UInt64) throws(BinaryError) -> ByteSource {
    try check(offset, count)
    return ByteSource(storage: storage, start: start + offset, size: count)
  }

  /// Copies `count` bytes, at most `ByteSource.largestRead`.
  func bytes(at offset: UInt64, count: UInt64) throws(BinaryError) -> [UInt8] {
    try check(offset, count)
    guard count <= Self.largestRead else { throw .tooLarge(what: "table", size: count) }
    switch storage {
    case .memory(let bytes):
      return Array(bytes[Int(start + offset)..<Int(start + offset + count)])
    case .file(let file):
      return try Self.read(file, at: start + offset, count: Int(count))
    }
  }

  /// The text from `offset` up to the next zero byte; bytes that are not UTF-8 become U+FFFD.
  func string(at offset: UInt64) throws(BinaryError) -> String {
    var text: [UInt8] = []
    while UInt64(text.count) < Self.longestString {
      let position = offset.addingReportingOverflow(UInt64(text.count))
      guard !position.overflow, position.partialValue < size else { break }
      let piece = try bytes(at: position.partialValue, count: min(256, size - position.partialValue))
      if let end = piece.firstIndex(of: 0) {
        return String(decoding: text + piece[..<end], as: UTF8.self)
      }
      text += piece
    }
    throw .unterminatedString(offset: offset)
  }

  /// 16 MiB: more than any table that is read here needs.
  static let largestRead: UInt64 = 16 << 20
  /// 4 KiB: PATH_MAX.
  static let longestString: UInt64 = 4096

  private func check(_ offset: UInt64, _ count: UInt64) throws(BinaryError) {
    guard offset <= size, count <= size - offset else {
      throw .truncated(offset: offset, count: count, size: size)
    }
  }

  private static func read(
    _ file: FileDescriptor, at offset: UInt64, count: Int
  ) throws(BinaryError) -> [UInt8] {
    do {
      let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          let read = try file.read(fromAbsoluteOffset: Int64(offset) + Int64(filled), into: rest)
          if read == 0 { break }
          filled += read
        }
      }
      guard bytes.count == count else {
        throw BinaryError.truncated(offset: offset, count: UInt64(count), size: offset + UInt64(bytes.count))
      }
      return bytes
    } catch let error as BinaryError {
      throw error
    } catch {
      throw .unreadable(reason: String(describing: error))
    }
  }
}
