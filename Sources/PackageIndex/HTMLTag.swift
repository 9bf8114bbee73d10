/// An `<a>` or `<base>` tag; names are in lower case, values decoded.
struct HTMLTag {
  let name: String
  private(set) var attributes: [(name: String, value: String)] = []

  init(name: String) { self.name = name }

  /// The value of an attribute; empty when it has none.
  ///
  /// Of two with one name the first counts, as in a browser.
  subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  mutating func add(_ name: String, _ value: String) { attributes.append((name, value)) }
}
