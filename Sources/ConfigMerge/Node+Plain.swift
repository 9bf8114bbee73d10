extension Node.Content {
  /// What a YAML scalar without quotes is in the core schema (YAML 1.2.2, 10.3.2).
  ///
  /// `yes`, `on`, dates and base-60 numbers are text, as in YAML 1.2 and unlike 1.1.
  init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .boolean(true)
    case "false", "False", "FALSE": self = .boolean(false)
    default: self = text.isCoreNumber ? .number(text) : .string(text)
    }
  }

  /// The core schema's names of the types it can be.
  var coreTags: [String] {
    switch self {
    case .null: ["null"]
    case .boolean: ["bool"]
    case .number: ["int", "float"]
    default: []
    }
  }
}

extension Node {
  /// How many levels are below it.
  var depth: Int {
    switch content {
    case .sequence(let nodes): 1 + (nodes.map(\.depth).max() ?? 0)
    case .mapping(let entries): 1 + (entries.map(\.value.depth).max() ?? 0)
    default: 0
    }
  }
}

extension String {
  /// Whether the core schema reads it as an integer or a floating-point number.
  fileprivate var isCoreNumber: Bool {
    if hasPrefix("0o") { return isDigits(dropFirst(2)) { (0x30...0x37).contains($0) } }
    if hasPrefix("0x") {
      return isDigits(dropFirst(2)) {
        (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
      }
    }
    var rest = self[...]
    if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
    if [".inf", ".Inf", ".INF"].contains(rest) || [".nan", ".NaN", ".NAN"].contains(self) { return true }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var fraction = Substring()
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return false }
    guard rest.first == "e" || rest.first == "E" else { return rest.isEmpty }
    rest = rest.dropFirst()
    if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
    return isDigits(rest) { (0x30...0x39).contains($0) }
  }

  private func isDigits(_ text: Substring, _ isDigit: (UInt8) -> Bool) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isDigit)
  }
}
