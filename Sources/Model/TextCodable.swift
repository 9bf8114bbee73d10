/// A value that is encoded as the text that people write for it.
package protocol TextCodable: Codable, CustomStringConvertible {
  /// The inverse of `description`.
  init(parsing text: String) throws(ParseError)
}

extension TextCodable {
  package init(from decoder: any Decoder) throws {
    try self.init(parsing: decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
