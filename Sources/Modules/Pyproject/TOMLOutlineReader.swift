import Model

/// Finds the places of tables, keys and values; the text is known to be TOML, so nothing is checked here.
struct TOMLOutlineReader {
  private let bytes: [UInt8]
  private var index = 0
  private var outline = TOMLOutline()

  static func outline(of bytes: [UInt8]) -> TOMLOutline {
    var reader = TOMLOutlineReader(bytes)
    reader.readLines()
    return reader.outline
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private func isNext(_ text: StaticString) -> Bool {
    bytes[index...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func skip(while belongs: (UInt8) -> Bool) {
    while let byte = current, belongs(byte) { index += 1 }
  }

  private mutating func skipSpaces() { skip { $0 == 0x20 || $0 == 0x09 } }

  /// Steps over spaces, line breaks and comments.
  private mutating func skipGap() {
    while let byte = current {
      if byte == UInt8(ascii: "#") {
        skip { $0 != 0x0A }
      } else if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        index += 1
      } else {
        return
      }
    }
  }

  /// Steps over the rest of a line and its break.
  private mutating func skipLine() {
    skip { $0 != 0x0A }
    if current != nil { index += 1 }
  }

  private mutating func readLines() {
    while true {
      skipGap()
      guard let byte = current else { return }
      if byte == UInt8(ascii: "[") { readHeader() } else { readEntry() }
    }
  }

  private mutating func readHeader() {
    let start = index
    let isElement = isNext("[[")
    index += isElement ? 2 : 1
    let path = key()
    skipLine()
    let isBelow = outline.headers.contains { $0.isInElement && path.starts(with: $0.path) }
    outline.headers.append(.init(path: path, isInElement: isElement || isBelow, start: start, end: index))
  }

  private mutating func readEntry() {
    let start = index
    let header = outline.headers.indices.last
    let path = (header.map { outline.headers[$0].path } ?? []) + key()
    index += 1  // The '=' that key() stops at.
    skipSpaces()
    let value = value()
    skipLine()
    outline.entries.append(.init(path: path, header: header, value: value, start: start, end: index))
    if let header { outline.headers[header].end = index }
  }

  /// A dotted key and the spaces behind it.
  private mutating func key() -> [String] {
    var parts: [String] = []
    repeat {
      if !parts.isEmpty { index += 1 }
      skipSpaces()
      let start = index
      if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
        let isBasic = current == UInt8(ascii: "\"")
        skipString()
        let inner = bytes[(start + 1)..<max(start + 1, index - 1)]
        parts.append(isBasic ? Self.unescaped(inner) : String(decoding: inner, as: UTF8.self))
      } else {
        skip { !" \t.=]\r\n".utf8.contains($0) }
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      skipSpaces()
    } while current == UInt8(ascii: ".")
    return parts
  }

  private mutating func value() -> TOMLOutline.Value {
    let start = index
    var content = TOMLOutline.Content.plain
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
    case UInt8(ascii: "["): content = .array(elements())
    case UInt8(ascii: "{"): content = .inlineTable(members())
    default:
      // A date and a time may have a space between them.
      skip { !",]}#\r\n".utf8.contains($0) }
      while index > start, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
    }
    return .init(range: start..<index, content: content)
  }

  private mutating func elements() -> [TOMLOutline.Value] {
    var values: [TOMLOutline.Value] = []
    index += 1
    while true {
      skipGap()
      guard let byte = current else { return values }
      if byte == UInt8(ascii: ",") {
        index += 1
      } else if byte == UInt8(ascii: "]") {
        index += 1
        return values
      } else {
        values.append(value())
      }
    }
  }

  private mutating func members() -> [TOMLOutline.Member] {
    var members: [TOMLOutline.Member] = []
    index += 1
    while true {
      skipGap()
      guard let byte = current else { return members }
      if byte == UInt8(ascii: ",") {
        index += 1
      } else if byte == UInt8(ascii: "}") {
        index += 1
        return members
      } else {
        let path = key()
        index += 1
        skipSpaces()
        members.append(.init(path: path, value: value()))
      }
    }
  }

  /// Steps over a string of any of the four kinds.
  private mutating func skipString() {
    let quote = bytes[index]
    let isBasic = quote == UInt8(ascii: "\"")
    let isLong = isNext("\"\"\"") || isNext("'''")
    index += isLong ? 3 : 1
    while let byte = current {
      if byte == UInt8(ascii: "\\"), isBasic {
        index += 2
      } else if byte != quote {
        index += 1
      } else if !isLong {
        index += 1
        return
      } else if bytes[index...].starts(with: [quote, quote, quote]) {
        // Up to two quotes may stand right before the end.
        skip { $0 == quote }
        return
      } else {
        index += 1
      }
    }
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
    var result = String.UnicodeScalarView()
    var scalars = String(decoding: text, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\\", let escape = scalars.popFirst() else {
        result.append(scalar)
        continue
      }
      switch escape {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      case "b": result.append("\u{8}")
      case "f": result.append("\u{C}")
      case "e": result.append("\u{1B}")
      case "u", "U":
        let digits = scalars.prefix(escape == "u" ? 4 : 8)
        scalars = scalars.dropFirst(digits.count)
        result.append(UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
      default: result.append(escape)
      }
    }
    return String(result)
  }
}
