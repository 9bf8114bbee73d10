import Model

extension ManifestReader {
  mutating func readOption(_ node: Node) -> ModuleOption? {
    guard let name = node[.name]?.string, let type = node[.type]?.string else { return nil }
    let choices = (node[.choices]?.elements ?? []).compactMap(\.string)
    checkTwice((node[.choices]?.elements ?? []).map { ($0.string ?? "", $0.position) }, "the choice")
    let kind: ModuleOption.Kind
    switch type {
    case "text": kind = .text
    case "integer": kind = .integer
    case "number": kind = .number
    case "boolean": kind = .boolean
    case "choice": kind = .choice(choices)
    default: return nil
    }
    if type == "choice", node[.choices] == nil {
      checker.report(
        "'choices' is missing", at: node.position, hint: "list the values of the option '\(name)'")
    }
    if type != "choice", let node = node[.choices] {
      checker.report(
        "only an option of the type choice has choices", at: node.position,
        hint: "write \"type\": \"choice\", or remove the choices")
    }
    let value = node[.default].flatMap { self.value(of: $0, kind, option: name) }
    return ModuleOption(
      name: name, kind: kind, default: value, help: node[.help]?.string ?? "", position: node.position)
  }

  /// The value that a manifest gives an option; one that the option can't have is reported.
  private mutating func value(of node: Node, _ kind: ModuleOption.Kind, option: String) -> OptionValue? {
    if let value = kind.value(of: node) { return value }
    switch (kind, node.content) {
    case (_, .null), (_, .mapping), (_, .sequence): break  // The check has said that it is no single value.
    case (.choice(let choices), .string(let text)):
      let near = nearest(to: text, in: choices).map { "did you mean '\($0)'?" }
      checker.report(
        "'\(text)' is not a choice of the option '\(option)'", at: node.position,
        hint: near ?? "the choices are \(choices.joined(separator: ", "))")
    default:
      checker.report(
        "the option '\(option)' takes \(kind.valueName), not \(node.kind)", at: node.position, hint: nil)
    }
    return nil
  }

  /// What `when` says; its options have to be there, and able to have the values.
  mutating func condition(_ node: Node?) -> ModuleCondition {
    var clauses: [ModuleCondition.Clause] = []
    for entry in node?.entries ?? [] {
      guard let option = options.first(where: { $0.name == entry.key }) else {
        let names = options.map(\.name)
        let standard =
          names.isEmpty ? "the module has no options" : "they are \(names.joined(separator: ", "))"
        checker.report(
          "there is no option '\(entry.key)'", at: entry.keyPosition,
          hint: nearest(to: entry.key, in: names).map { "did you mean '\($0)'?" } ?? standard)
        continue
      }
      let nodes: [Node] = if case .sequence(let nodes) = entry.value.content { nodes } else { [entry.value] }
      let values = nodes.compactMap { value(of: $0, option.kind, option: option.name) }
      clauses.append(ModuleCondition.Clause(option: option.name, values: values))
    }
    return ModuleCondition(clauses: clauses)
  }
}

extension ModuleOption.Kind {
  /// What its values are, as messages say it.
  fileprivate var valueName: String {
    switch self {
    case .text: "a string"
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .choice(let choices): "one of \(choices.joined(separator: ", "))"
    }
  }
}
