import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Where libcurl reads a request's body; it belongs to the engine's thread.
///
/// Reading a file blocks that thread for as long as the disk takes, as writing a download does.
final class Upload {
  let length: Int64
  private let source: Source
  private var position: Int64 = 0

  private enum Source {
    case bytes([UInt8])
    case file(FileDescriptor, offset: Int64)
  }

  /// Nil for a request without a body.
  init?(_ body: HTTPRequest.Body) throws {
    switch body {
    case .none: return nil
    case .bytes(let bytes):
      source = .bytes(bytes)
      length = Int64(bytes.count)
    case .file(let path, let offset, let length):
      source = .file(try FileDescriptor.open(path, .readOnly, options: .closeOnExec), offset: offset)
      self.length = length
    }
  }

  deinit {
    // It was only read.
    if case .file(let file, _) = source { try? file.close() }
  }

  /// Fills `buffer` from where the last piece ended; nil when it can't be read, 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let count = min(buffer.count, Int(length - position))
    guard count > 0 else { return 0 }
    let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
    switch source {
    case .bytes(let bytes):
      bytes.withUnsafeBytes {
        piece.copyMemory(from: .init(rebasing: $0[Int(position)..<Int(position) + count]))
      }
      position += Int64(count)
      return count
    case .file(let file, let offset):
      // A file that became shorter is an error too: the server was promised the whole.
      guard let read = try? file.read(fromAbsoluteOffset: offset + position, into: piece), read > 0 else {
        return nil
      }
      position += Int64(read)
      return read
    }
  }

  /// Goes to a position, since libcurl may have to send the body again; false when it is outside the body.
  func seek(to position: Int64) -> Bool {
    guard (0...length).contains(position) else { return false }
    self.position = position
    return true
  }
}
