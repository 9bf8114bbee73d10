/// A Python package's name in its normalised form (PEP 503): lower case, runs of `-_.` as one hyphen.
///
/// Two spellings of one package are equal: `ImmuneBuilder` and `immunebuilder`, `fa2_modified` and `fa2-modified`.
package struct PackageName: Hashable, Sendable {
  package let normalized: String

  /// The form that file and directory names use, as in `fa2_modified-0.4.dist-info` (PEP 427).
  package var fileNameForm: String { normalized.replacing("-", with: "_") }
}

extension PackageName: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      guard byte.isNamePart else { throw Self.error(text) }
      let isRun = byte.isSeparator && bytes.last == UInt8(ascii: "-")
      if !isRun { bytes.append(byte.isSeparator ? UInt8(ascii: "-") : byte.isDigit ? byte : byte | 0x20) }
    }
    guard let first = bytes.first, let last = bytes.last, !first.isSeparator, !last.isSeparator else {
      throw Self.error(text)
    }
    normalized = String(decoding: bytes, as: UTF8.self)
  }

  private static func error(_ text: String) -> ParseError {
    ParseError(
      expected: "package name", text: text,
      hint: "names are ASCII letters, digits, '.', '_' and '-', starting and ending with a letter or digit")
  }

  package var description: String { normalized }
}

extension PackageName: Comparable {
  package static func < (left: PackageName, right: PackageName) -> Bool { left.normalized < right.normalized }
}

extension PackageName: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(parsing: decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(normalized)
  }
}
