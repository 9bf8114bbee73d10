/// Reads a text's bytes from left to right; what is expected is ASCII, other bytes are passed through.
struct TextScanner {
  private let bytes: [UInt8]
  private(set) var index = 0

  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { index == bytes.count }
  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The byte `distance` places on, if there is one.
  func peek(_ distance: Int) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  mutating func advance() { index += 1 }

  /// Goes back to a place read from `index` before.
  mutating func rewind(to place: Int) { index = place }

  mutating func skipSpaces() { while let byte = current, byte.isSpace { index += 1 } }

  /// Steps over `word` if it comes next; letter case counts.
  mutating func take(_ word: StaticString) -> Bool {
    let next = bytes[index...].prefix(word.utf8CodeUnitCount)
    guard next.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { return false }
    index += word.utf8CodeUnitCount
    return true
  }

  /// The longest run of bytes from here for which `belongs` holds, maybe none.
  mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let start = index
    while let byte = current, belongs(byte) { index += 1 }
    return text(from: start)
  }

  /// What was read since `start`.
  func text(from start: Int) -> String { String(decoding: bytes[start..<index], as: UTF8.self) }

  /// Everything from here on.
  var rest: String { String(decoding: bytes[index...], as: UTF8.self) }
}

extension UInt8 {
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
  var isAlphanumeric: Bool { isDigit || isLetter }
  /// One of `-`, `_`, `.`.
  var isSeparator: Bool { self == 0x2D || self == 0x5F || self == 0x2E }
  /// What a package's, an extra's or a version's text may hold inside.
  var isNamePart: Bool { isAlphanumeric || isSeparator }
}
