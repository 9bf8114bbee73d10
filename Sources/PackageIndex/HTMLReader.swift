#if canImport(Glibc)
import Glibc
#endif

/// Finds the `<a>` and `<base>` tags of an HTML page, as far as index pages need it.
///
/// It works on the bytes, with the searches in C: a page may have several megabytes. Comments are passed over;
/// what is cut off or malformed is passed over up to the next tag.
struct HTMLReader {
  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> HTMLTag? {
    while skip(to: UInt8(ascii: "<")) {
      index += 1
      if starts(with: "!--") {
        skipComment()
      } else if let name = ["a", "base"].first(where: { isTag($0) }) {
        index += name.utf8.count
        return readAttributes(of: name)
      }
    }
    return nil
  }

  private mutating func readAttributes(of name: String) -> HTMLTag {
    var tag = HTMLTag(name: name)
    while true {
      while let byte = peek, byte.isSpace || byte == UInt8(ascii: "/") { index += 1 }
      guard let byte = peek, byte != UInt8(ascii: ">") else { return tag }
      let attribute = take {
        !$0.isSpace && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
      }
      while let byte = peek, byte.isSpace { index += 1 }
      guard peek == UInt8(ascii: "=") else {
        if attribute.isEmpty { index += 1 } else { tag.add(attribute.lowercased(), "") }
        continue
      }
      index += 1
      while let byte = peek, byte.isSpace { index += 1 }
      tag.add(attribute.lowercased(), decodingEntities(readValue()))
    }
  }

  private mutating func readValue() -> String {
    guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return take { !$0.isSpace && $0 != UInt8(ascii: ">") }
    }
    index += 1
    let start = index
    guard skip(to: quote) else { return "" }
    defer { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func skipComment() {
    index += 3
    while skip(to: UInt8(ascii: "-")) {
      if starts(with: "-->") {
        index += 3
        return
      }
      index += 1
    }
  }

  /// Goes to the next such byte; false, and to the end, when there is none.
  private mutating func skip(to byte: UInt8) -> Bool {
    guard index < bytes.count, let start = bytes.baseAddress,
      let found = memchr(start + index, Int32(byte), bytes.count - index)
    else {
      index = bytes.count
      return false
    }
    index = UnsafeRawPointer(found) - start
    return true
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(while predicate: (UInt8) -> Bool) -> String {
    let start = index
    while index < bytes.count, predicate(bytes[index]) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private func starts(with text: StaticString) -> Bool {
    guard bytes.count - index >= text.utf8CodeUnitCount, let start = bytes.baseAddress else { return false }
    return memcmp(start + index, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// Whether a tag of this name stands here, in any letter case.
  private func isTag(_ name: String) -> Bool {
    let end = index + name.utf8.count
    guard end < bytes.count, bytes[end].isSpace || bytes[end] == UInt8(ascii: "/") else { return false }
    return zip(bytes[index..<end], name.utf8).allSatisfy { $0 | 0x20 == $1 }
  }
}

extension UInt8 {
  /// HTML's white space.
  fileprivate var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D && self != 0x0B) }
}
