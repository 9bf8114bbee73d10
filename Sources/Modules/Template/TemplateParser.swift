import Model

/// Puts text and tags together: which text stands in which branch of which `if`.
struct TemplateParser {
  private struct OpenChoice {
    let position: SourcePosition
    /// At least one.
    var branches: [TemplateNode.Branch]
  }

  private var open: [OpenChoice] = []
  private var top: [TemplateNode] = []

  /// Nobody reads blocks deeper than this.
  private static let deepest = 32

  static func nodes(of segments: [TemplateSegment]) throws(TemplateError) -> [TemplateNode] {
    var parser = TemplateParser()
    for segment in segments {
      switch segment {
      case .text(let text): parser.append(.text(text))
      case .output(let tokens, let position):
        var expression = TemplateExpressionParser(tokens[...], at: position)
        parser.append(.output(try expression.output()))
      case .block(let tokens, let position): try parser.readBlock(tokens, at: position)
      }
    }
    if let choice = parser.open.last {
      throw .syntax("the block 'if' is not closed", at: choice.position, hint: "end it with '{% endif %}'")
    }
    return parser.top
  }

  private mutating func append(_ node: TemplateNode) {
    guard var choice = open.popLast() else { return top.append(node) }
    choice.branches[choice.branches.count - 1].nodes.append(node)
    open.append(choice)
  }

  private mutating func readBlock(
    _ tokens: [TemplateToken], at position: SourcePosition
  ) throws(TemplateError) {
    guard let word = tokens.first, case .name(let name) = word.kind else {
      throw .syntax(
        "a block needs a name", at: tokens.first?.position ?? position, hint: Self.hint(for: ""))
    }
    switch name {
    case "if":
      guard open.count < Self.deepest else {
        throw .syntax("blocks are nested too deeply here", at: position, hint: "make the template simpler")
      }
      let condition = try condition(tokens, at: position)
      open.append(OpenChoice(position: position, branches: [.init(condition: condition)]))
    case "elif": try openBranch(try condition(tokens, at: position), name, at: word.position)
    case "else":
      try expectEnd(of: tokens)
      try openBranch(nil, name, at: word.position)
    case "endif":
      try expectEnd(of: tokens)
      guard let choice = open.popLast() else { throw Self.stray(name, at: word.position) }
      append(.choice(choice.branches))
    case "endraw": throw Self.stray(name, at: word.position)
    default: throw .syntax("there is no block '\(name)'", at: word.position, hint: Self.hint(for: name))
    }
  }

  private func condition(
    _ tokens: [TemplateToken], at position: SourcePosition
  ) throws(TemplateError) -> TemplateCondition {
    var expression = TemplateExpressionParser(tokens.dropFirst(), at: tokens.first?.position ?? position)
    return try expression.condition()
  }

  private mutating func openBranch(
    _ condition: TemplateCondition?, _ name: String, at position: SourcePosition
  ) throws(TemplateError) {
    guard var choice = open.popLast() else { throw Self.stray(name, at: position) }
    guard choice.branches.last?.condition != nil else {
      throw .syntax("'\(name)' cannot follow 'else'", at: position, hint: "put 'else' last")
    }
    choice.branches.append(.init(condition: condition))
    open.append(choice)
  }

  private func expectEnd(of tokens: [TemplateToken]) throws(TemplateError) {
    guard tokens.count > 1 else { return }
    let hint = tokens[1].kind == .name("if") ? "write 'elif'" : "nothing may follow '\(tokens[0].text)'"
    throw .syntax("'\(tokens[1].text)' cannot stand here", at: tokens[1].position, hint: hint)
  }

  private static func stray(_ name: String, at position: SourcePosition) -> TemplateError {
    .syntax(
      "'\(name)' without a block to belong to", at: position, hint: "remove it, or open the block before it")
  }

  private static func hint(for name: String) -> String {
    let known = ["if", "elif", "else", "endif", "raw", "endraw"]
    return nearest(to: name, in: known).map { "did you mean '\($0)'?" }
      ?? "the blocks are \(known.joined(separator: ", "))"
  }
}
