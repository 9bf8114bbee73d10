import Model

extension JSONReader {
  /// The string that starts here, its escapes replaced.
  mutating func string() throws(SyntaxProblem) -> String {
    let opening = position
    index += 1
    let start = index
    while let byte = current, byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""),
      byte != UInt8(ascii: "\\")
    {
      index += 1
    }
    var text = source.bytes[start..<index]
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: Array(String(try escape()).utf8))
      case ..<0x20:
        let isLineEnd = byte == 0x0A || byte == 0x0D
        throw SyntaxProblem(
          isLineEnd ? "the string does not end on its line" : "a control character in a string", at: position,
          hint: isLineEnd
            ? "close it with '\"', or write \\n for a line break" : "write it as \\u00" + byte.twoDigits)
      default:
        if byte & 0xC0 == 0x80 { continuationBytes += 1 }
        text.append(byte)
        index += 1
      }
    }
    throw SyntaxProblem("the string is never closed", at: opening, hint: "close it with '\"'")
  }

  private mutating func escape() throws(SyntaxProblem) -> Unicode.Scalar {
    let start = position
    index += 1
    defer { index += 1 }
    switch current {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(start)
    default:
      throw SyntaxProblem("an unknown escape in a string", at: start, hint: "write \\\\ for a backslash")
    }
  }

  /// Reads `uXXXX`, and the second half where it is the first of a surrogate pair; stops on its last digit.
  private mutating func unicodeEscape(_ start: SourcePosition) throws(SyntaxProblem) -> Unicode.Scalar {
    let first = try codeUnit(start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    let alone = SyntaxProblem(
      "half of a surrogate pair", at: start,
      hint: "write the character itself, or both halves as in \\ud83d\\ude00")
    guard (0xD800...0xDBFF).contains(first), source.bytes[(index + 1)...].starts(with: [0x5C, 0x75]) else {
      throw alone
    }
    index += 2
    let second = try codeUnit(start)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
    else { throw alone }
    return scalar
  }

  /// Four hexadecimal digits behind the `u`; stops on the last.
  private mutating func codeUnit(_ start: SourcePosition) throws(SyntaxProblem) -> UInt16 {
    let digits = source.bytes[(index + 1)...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(\.isHexadecimalDigit),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else {
      throw SyntaxProblem("\\u is not followed by four hexadecimal digits", at: start)
    }
    index += 4
    return unit
  }

  /// The number that starts here, as it is written.
  mutating func number() throws(SyntaxProblem) -> String {
    let (start, startPosition) = (index, position)
    let wrong = SyntaxProblem(
      "a badly written number", at: startPosition, hint: "write it as in 3, -0.5 or 1e9, or put it in quotes")
    if current == UInt8(ascii: "-") { index += 1 }
    let firstDigit = current
    let digits = takeDigits()
    guard digits > 0, digits == 1 || firstDigit != 0x30 else { throw wrong }
    if current == UInt8(ascii: ".") {
      index += 1
      guard takeDigits() > 0 else { throw wrong }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      index += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
      guard takeDigits() > 0 else { throw wrong }
    }
    if let byte = current, byte.isWordPart || byte == UInt8(ascii: ".") { throw wrong }
    return String(decoding: source.bytes[start..<index], as: UTF8.self)
  }

  private mutating func takeDigits() -> Int {
    let start = index
    while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
    return index - start
  }

  /// `null`, `true` or `false`.
  mutating func word() throws(SyntaxProblem) -> Node.Content {
    let word = String(decoding: source.bytes[index...].prefix { $0.isWordPart }, as: UTF8.self)
    let content: Node.Content
    switch word {
    case "null": content = .null
    case "true": content = .boolean(true)
    case "false": content = .boolean(false)
    default: throw unexpected("a value", hint: hint(forWord: word))
    }
    index += word.utf8.count
    return content
  }

  private func hint(forWord word: String) -> String? {
    switch word.lowercased() {
    case "": nil
    case "true", "false", "null": "write \(word.lowercased())"
    case "none": "write null"
    default: "put it in double quotes: \"\(word)\""
    }
  }

  /// The error for what stands here in place of what should.
  func unexpected(_ expected: String, hint: String? = nil) -> SyntaxProblem {
    guard let byte = current else {
      return SyntaxProblem("the file ends where \(expected) should be", at: position, hint: hint)
    }
    let own: String? =
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "#"): "JSON has no comments; a config.yaml has"
      case UInt8(ascii: "'"): "JSON's quotes are double: \""
      default: nil
      }
    let scalar = String(decoding: source.bytes[index...].prefix(4), as: UTF8.self).unicodeScalars.first ?? " "
    return SyntaxProblem("\(expected) should be here, not '\(scalar)'", at: position, hint: own ?? hint)
  }
}

extension UInt8 {
  fileprivate var isWordPart: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || self == 0x5F
  }

  fileprivate var isHexadecimalDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
  }

  fileprivate var twoDigits: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}
