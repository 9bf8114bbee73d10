import Model

/// Compares a file's values with the table of known keys and collects what is wrong with them.
struct Checker {
  /// Whether the file is the shared configuration.
  let isShared: Bool
  /// What the whole file holds: where a key belongs that stands in the wrong place.
  let root: Shape
  private(set) var problems: [Diagnostic] = []

  init(isShared: Bool, root: Shape = KnownKeys.root) {
    self.isShared = isShared
    self.root = root
  }

  mutating func check(_ node: Node, against shape: Shape) {
    switch shape {
    case .boolean:
      if node.boolean == nil { mismatch(node, "true or false") }
    case .integer(let range): check(node, in: range)
    case .text(let form): check(node, form)
    case .scalar:
      if !node.isScalar { mismatch(node, "a string, a number, true or false") }
    case .choice(let words): check(node, among: words)
    case .list(let element, let isEmptyAllowed): check(node, listOf: element, isEmptyAllowed: isEmptyAllowed)
    case .object(let keys): check(node, keys)
    case .map(let form, let value): check(node, mapOf: form, to: value)
    case .either(let first, let second):
      check(node, against: second.takesKind(of: node) ? second : first)
    case .nullable(let inner):
      if !node.isNull { check(node, against: inner) }
    }
  }

  mutating func report(_ message: String, at position: SourcePosition, hint: String?) {
    problems.append(Diagnostic(.error, message, at: position, hint: hint))
  }

  private mutating func mismatch(_ node: Node, _ expected: String, hint: String? = nil) {
    let standard: String? =
      switch node.content {
      case .null: "leave the key out instead"
      case .number(let text) where expected.contains("string"): "put it in quotes: \"\(text)\""
      case .boolean(let value) where expected.contains("string"): "put it in quotes: \"\(value)\""
      case .string(let text) where expected == "true or false": text.hintForBoolean
      case .string(let text) where expected.contains("number") && Int(text) != nil:
        "write \(text) without quotes"
      case .string(let text) where expected.contains("list"): "write [\"\(text)\"]"
      default: nil
      }
    report("expected \(expected), not \(node.kind)", at: node.position, hint: hint ?? standard)
  }

  private mutating func check(_ node: Node, in range: ClosedRange<Int>) {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .number(let text) = node.content else { return mismatch(node, expected) }
    if let value = node.integer, range.contains(value) { return }
    report("expected \(expected), not \(text.shortened)", at: node.position, hint: nil)
  }

  private mutating func check(_ node: Node, _ form: TextForm) {
    guard let text = node.string else { return mismatch(node, "a string") }
    check(text, form, at: node.position)
  }

  /// Whether the text is of the form.
  @discardableResult
  private mutating func check(_ text: String, _ form: TextForm, at position: SourcePosition) -> Bool {
    do throws(ParseError) {
      try form.check(text)
      return true
    } catch {
      report(error.description, at: position, hint: error.hint)
      return false
    }
  }

  private mutating func check(_ node: Node, among words: [String]) {
    guard let text = node.string else { return mismatch(node, "a string") }
    guard !words.contains(text) else { return }
    let hint =
      nearest(to: text, in: words).map { "did you mean '\($0)'?" }
      ?? "write one of \(words.joined(separator: ", "))"
    report("'\(text)' is not one of the choices", at: node.position, hint: hint)
  }

  private mutating func check(_ node: Node, listOf element: Shape, isEmptyAllowed: Bool) {
    guard case .sequence(let nodes) = node.content else { return mismatch(node, "a list") }
    if nodes.isEmpty, !isEmptyAllowed {
      report("the list is empty", at: node.position, hint: "leave the key out for all of them")
    }
    for node in nodes { check(node, against: element) }
  }

  private mutating func check(_ node: Node, _ keys: [KnownKey]) {
    guard case .mapping(let entries) = node.content else { return mismatch(node, "a mapping") }
    for entry in entries {
      guard let known = keys.first(where: { $0.name == entry.key }) else {
        reportUnknown(entry, keys)
        continue
      }
      if known.isSharedOnly, !isShared {
        report(
          "'\(entry.key)' is not a runenv's to say", at: entry.keyPosition,
          hint: "move it to the shared configuration")
      }
      check(entry.value, against: known.shape)
    }
    for known in keys where known.isRequired && !entries.contains(where: { $0.key == known.name }) {
      report(
        "'\(known.name)' is missing", at: node.position,
        hint: "add \"\(known.name)\": \(known.summary.lowercasedFirst)")
    }
  }

  private mutating func reportUnknown(_ entry: Node.Entry, _ keys: [KnownKey]) {
    let names = keys.map(\.name)
    let hint: String
    if let near = nearest(to: entry.key, in: names) {
      hint = "did you mean '\(near)'?"
    } else if let place = root.place(of: entry.key) {
      hint = "it belongs under '\(place)'"
    } else {
      hint = "the keys here are \(names.filter { !$0.hasPrefix("$") }.joined(separator: ", "))"
    }
    report("unknown key '\(entry.key)'", at: entry.keyPosition, hint: hint)
  }

  private mutating func check(_ node: Node, mapOf form: TextForm, to value: Shape) {
    guard case .mapping(let entries) = node.content else {
      if case .platformOrAll = form, let text = node.string {
        return mismatch(node, "a mapping of platforms", hint: "write {\"*\": \"\(text)\"} for all platforms")
      }
      return mismatch(node, "a mapping")
    }
    var spellings: [PackageName: Node.Entry] = [:]
    for entry in entries {
      let isSound = check(entry.key, form, at: entry.keyPosition)
      if isSound, form.isOfPackages { checkSpelling(entry, &spellings) }
      check(entry.value, against: value)
    }
  }

  /// Reports a package that the mapping has already, spelled differently.
  private mutating func checkSpelling(_ entry: Node.Entry, _ spellings: inout [PackageName: Node.Entry]) {
    guard let name = parsed({ () throws(ParseError) in try PackageName(parsing: entry.key) }) else { return }
    if let first = spellings[name] {
      report(
        "'\(entry.key)' is the package '\(first.key)' again", at: entry.keyPosition,
        hint: "it was first given at \(first.keyPosition)")
    } else {
      spellings[name] = entry
    }
  }
}

/// The value of a text that the check has judged; nil where it has reported that it isn't one.
func parsed<Value>(_ parse: () throws(ParseError) -> Value) -> Value? {
  do throws(ParseError) { return try parse() } catch { return nil }
}

extension Node {
  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  fileprivate var isScalar: Bool {
    switch content {
    case .boolean, .number, .string: true
    default: false
    }
  }
}

extension TextForm {
  fileprivate var isOfPackages: Bool {
    switch self {
    case .packageName, .packageNameOrAll: true
    default: false
    }
  }
}

extension Shape {
  /// Whether it is for mappings, for lists or for single values as the node is one.
  fileprivate func takesKind(of node: Node) -> Bool {
    switch (self, node.content) {
    case (.nullable(let inner), _): inner.takesKind(of: node)
    case (.object, .mapping), (.map, .mapping), (.list, .sequence): true
    case (.object, _), (.map, _), (.list, _), (_, .mapping), (_, .sequence): false
    default: true
    }
  }

  /// The top-level key under which a key stands that was written somewhere else.
  fileprivate func place(of name: String) -> String? {
    guard case .object(let sections) = self else { return nil }
    return sections.first { $0.shape.innerKeys.contains { $0.name == name } }?.name
  }

  private var innerKeys: [KnownKey] {
    switch self {
    case .object(let keys): keys
    case .list(let element, _): element.innerKeys
    case .either(let first, let second): first.innerKeys + second.innerKeys
    default: []
    }
  }
}

extension String {
  fileprivate var hintForBoolean: String? {
    switch lowercased() {
    case "yes", "on", "y", "true": "write true"
    case "no", "off", "n", "false": "write false"
    default: nil
    }
  }

  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }

  /// Long numbers are cut: nobody reads them.
  fileprivate var shortened: String { count > 24 ? prefix(20) + "…" : self }
}
