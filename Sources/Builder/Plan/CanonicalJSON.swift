import Model

/// JSON with exactly one spelling: sorted keys, no spaces, and only what must be escaped escaped (RFC 8785
/// without its numbers, which are written as Swift writes integers).
enum CanonicalJSON {
  static func object(_ members: [(String, String)]) -> String {
    let sorted = members.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    return "{" + sorted.map { "\(string($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  static func array(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

  static func string(_ text: String) -> String { text.quoted() }
}
