import Model

/// JSON with exactly one spelling: keys sorted by their bytes, no spaces, and only what must be escaped escaped.
enum JSONValue: Hashable {
  case text(String)
  case integer(Int64)
  case array([JSONValue])
  case object([String: JSONValue])

  /// An object of what is there of these members.
  static func object(of members: [String: JSONValue?]) -> JSONValue {
    .object(members.compactMapValues(\.self))
  }

  var spelled: String {
    switch self {
    case .text(let text): text.quoted()
    case .integer(let number): String(number)
    case .array(let values): "[" + values.map(\.spelled).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\($0.key.quoted()):\($0.value.spelled)" }.joined(separator: ",") + "}"
    }
  }

  /// The document of this value: its spelling and a line feed.
  var document: [UInt8] { Array(spelled.utf8) + [UInt8(ascii: "\n")] }
}

extension JSONValue: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { self = .text(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { first, _ in first })
  }
}
