/// A line of a text, to the byte: what Unicode calls equal may still differ.
struct TextLine: Hashable, Sendable {
  let bytes: ArraySlice<UInt8>
  /// Whether a line feed ends it; only the last line of a text can lack one.
  let isEnded: Bool

  /// The lines of a text.
  static func lines(of bytes: [UInt8]) -> [TextLine] {
    var lines: [TextLine] = []
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: 0x0a) {
      lines.append(TextLine(bytes: bytes[start..<end], isEnded: true))
      start = end + 1
    }
    if start < bytes.endIndex { lines.append(TextLine(bytes: bytes[start...], isEnded: false)) }
    return lines
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
