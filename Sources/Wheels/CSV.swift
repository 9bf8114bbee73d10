/// The rows of a CSV text (RFC 4180), each with the line that it starts on; empty lines are no rows.
///
/// - Throws: `WheelError.malformed` for a quotation mark that is not closed or not followed by a comma.
func csvRows(_ text: String, wheel: String, file: String) throws(WheelError) -> [(
  line: Int, fields: [String]
)] {
  var reader = CSVReader(bytes: Array(text.utf8))
  var rows: [(line: Int, fields: [String])] = []
  while !reader.isAtEnd {
    let line = reader.line
    guard let fields = reader.row() else {
      throw .malformed(wheel: wheel, file: file, line: line, reason: "a quotation mark is out of place")
    }
    if fields != [""] { rows.append((line, fields)) }
  }
  return rows
}

extension String {
  /// The text as a CSV field, quoted only where it has to be.
  var csvField: String {
    utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
      ? "\"\(replacing("\"", with: "\"\""))\"" : self
  }
}

private struct CSVReader {
  let bytes: [UInt8]
  var index = 0
  var line = 1

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  /// The next row, past its line end; nil when its quotation marks make no sense.
  mutating func row() -> [String]? {
    var fields: [String] = []
    while true {
      guard let field = field() else { return nil }
      fields.append(field)
      if isAtEnd { return fields }
      let end = bytes[index]
      index += 1
      if end == UInt8(ascii: ",") { continue }
      if end == 13, !isAtEnd, bytes[index] == 10 { index += 1 }
      line += 1
      return fields
    }
  }

  private mutating func field() -> String? {
    var value: [UInt8] = []
    guard !isAtEnd, bytes[index] == UInt8(ascii: "\"") else {
      while !isAtEnd, !isDelimiter(bytes[index]) {
        value.append(bytes[index])
        index += 1
      }
      return String(decoding: value, as: UTF8.self)
    }
    index += 1
    while !isAtEnd {
      let byte = bytes[index]
      index += 1
      if byte == 10 { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        value.append(byte)
        continue
      }
      guard !isAtEnd, bytes[index] == UInt8(ascii: "\"") else {
        return isAtEnd || isDelimiter(bytes[index]) ? String(decoding: value, as: UTF8.self) : nil
      }
      value.append(byte)
      index += 1
    }
    return nil
  }

  private func isDelimiter(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 10 || byte == 13 }
}
