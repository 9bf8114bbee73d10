import Model

/// A configuration file's bytes, known to be UTF-8 text, and its name as positions show it.
struct SourceText {
  let file: String
  let bytes: [UInt8]

  /// Checks the encoding.
  ///
  /// - Throws: `SyntaxProblem` at the first byte that is not UTF-8, or for another encoding's byte order mark.
  init(_ bytes: [UInt8], file: String) throws(SyntaxProblem) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw SyntaxProblem(
        "the file is UTF-16, not UTF-8", at: SourcePosition(file: file, line: 1, column: 1),
        hint: "save it as UTF-8")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      let offset = Self.validPrefixLength(of: bytes)
      throw SyntaxProblem(
        "the byte 0x\(String(bytes[offset], radix: 16)) is not UTF-8",
        at: Self.position(of: offset, in: bytes, file: file), hint: "save the file as UTF-8")
    }
    self.file = file
    self.bytes = bytes
  }

  /// The place of a byte.
  func position(of offset: Int) -> SourcePosition { Self.position(of: offset, in: bytes, file: file) }

  private static func position(of offset: Int, in bytes: [UInt8], file: String) -> SourcePosition {
    var (line, column) = (1, 1)
    for index in 0..<min(offset, bytes.count) {
      let byte = bytes[index]
      let endsLine = byte == 0x0A || byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
      if endsLine { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
    }
    return SourcePosition(file: file, line: line, column: column)
  }

  /// How many bytes at the start are UTF-8.
  private static func validPrefixLength(of bytes: [UInt8]) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .valid(let scalar) = decoder.parseScalar(from: &iterator) { length += scalar.count }
    return min(length, max(bytes.count - 1, 0))
  }
}

/// The first place at which a file stops being JSON or YAML.
struct SyntaxProblem: Error {
  let diagnostic: Diagnostic

  init(_ message: String, at position: SourcePosition, hint: String? = nil) {
    diagnostic = Diagnostic(.error, message, at: position, hint: hint)
  }
}
