import FoundationEssentials
import Model
import SystemPackage

/// The lines of one of minisign's files (<https://jedisct1.github.io/minisign/#signature-format>).
///
/// Lines end with LF or CR LF. What is longer than anything minisign writes, or isn't UTF-8, is refused.
struct MinisignFile {
  /// In bytes; minisign's own limits, comments of 1 KiB and of 8 KiB, are below it.
  static let sizeLimit = 16_384

  /// How errors name the file.
  let name: String
  let lines: [String]

  init(_ bytes: some Collection<UInt8>, name: String) throws(TrustError) {
    self.name = name
    guard bytes.count <= Self.sizeLimit else {
      throw .badFile(name, reason: "it is larger than \(Self.sizeLimit) bytes")
    }
    var lines: [String] = []
    for line in Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let bare = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let text = String(validating: bare, as: UTF8.self) else {
        throw .badFile(name, reason: "it is not UTF-8 text")
      }
      lines.append(text)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty else { throw .badFile(name, reason: "it is empty") }
    self.lines = lines
  }

  /// Reads a file, of which no more than the limit is read.
  init(at path: FilePath) throws {
    var bytes: [UInt8] = []
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      bytes = try file.closeAfter {
        try [UInt8](unsafeUninitializedCapacity: Self.sizeLimit + 1) { buffer, count in
          while count < buffer.count {
            let free = UnsafeMutableRawBufferPointer(
              rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
            let read = try file.read(into: free)
            if read == 0 { break }
            count += read
          }
        }
      }
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    try self.init(bytes, name: path.string)
  }

  /// The text behind a line's beginning, as in `trusted comment: `.
  func text(ofLine number: Int, after beginning: String) throws(TrustError) -> String {
    guard lines.indices.contains(number) else { throw cut }
    guard lines[number].hasPrefix(beginning) else {
      throw .badFile(name, reason: "line \(number + 1) does not begin with '\(beginning)'")
    }
    return String(lines[number].dropFirst(beginning.count))
  }

  /// The bytes that a line spells in base64.
  func bytes(ofLine number: Int, count: Int, what: String) throws(TrustError) -> [UInt8] {
    guard lines.indices.contains(number) else { throw cut }
    guard let data = Data(base64Encoded: lines[number]) else {
      throw .badFile(name, reason: "line \(number + 1) is not base64")
    }
    guard data.count == count else {
      throw .badFile(name, reason: "\(what) has \(count) bytes, and line \(number + 1) has \(data.count)")
    }
    return Array(data)
  }

  /// - Throws: `TrustError.badFile` when there is more than this many lines.
  func end(after count: Int) throws(TrustError) {
    guard lines.count <= count else {
      throw .badFile(name, reason: "there is something after line \(count)")
    }
  }

  private var cut: TrustError { .badFile(name, reason: "it ends after line \(lines.count)") }

  /// The base64 of these bytes.
  static func line(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}

/// What the untrusted line of every file begins with.
let untrustedBeginning = "untrusted comment: "
