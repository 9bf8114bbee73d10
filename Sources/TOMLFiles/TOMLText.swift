import Model

/// TOML being written, in one spelling only: the same values give the same bytes.
package struct TOMLText {
  package private(set) var text = ""

  package init() {}

  /// `[name]` or, for an element of an array of tables, `[[name]]`, after an empty line.
  package mutating func table(_ name: String, isElement: Bool = false) {
    if !text.isEmpty { text += "\n" }
    text += isElement ? "[[\(name)]]\n" : "[\(name)]\n"
  }

  package mutating func field(_ key: String, _ value: String?) {
    if let value { raw(key, Self.quoted(value)) }
  }

  package mutating func field(_ key: String, _ value: Int64?) {
    if let value { raw(key, String(value)) }
  }

  /// Values on a line of their own each, so that a diff shows what changed; one value stays on the key's line.
  package mutating func field(_ key: String, _ values: [String]) {
    let quoted = values.map(Self.quoted)
    raw(key, quoted.count < 2 ? "[\(quoted.joined())]" : "[\n" + quoted.map { "  \($0),\n" }.joined() + "]")
  }

  /// A value that is TOML already: a date, an inline table.
  package mutating func raw(_ key: String, _ value: String) {
    text += "\(Self.key(key)) = \(value)\n"
  }

  package static func key(_ key: String) -> String {
    let isBare =
      !key.isEmpty
      && key.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d
          || $0 == 0x5f
      }
    return isBare ? key : quoted(key)
  }

  /// A basic string of TOML 1.0.
  package static func quoted(_ text: String) -> String { text.quoted { $0.value == 0x7F } }
}
