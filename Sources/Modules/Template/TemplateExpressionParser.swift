import ConfigMerge
import Model

/// Reads the words of one tag, weakest operator first: `or`, `and`, `not`, `==` and `!=`.
struct TemplateExpressionParser {
  private let tokens: [TemplateToken]
  private var index = 0
  private var depth = 0
  /// Where the tag starts, for what is missing from it.
  private let start: SourcePosition

  /// Nobody reads parentheses deeper than this.
  private static let deepest = 32

  init(_ tokens: ArraySlice<TemplateToken>, at start: SourcePosition) {
    self.tokens = Array(tokens)
    self.start = start
  }

  /// All words as the content of `{{ … }}`.
  mutating func output() throws(TemplateError) -> TemplateOperand {
    let operand = try operand()
    if let token = current {
      let what = token.kind == .symbol("|") ? "filters are not known" : "'\(token.text)' cannot stand here"
      throw .syntax(what, at: token.position, hint: "a variable stands alone between '{{' and '}}'")
    }
    return operand
  }

  /// All words as a condition.
  mutating func condition() throws(TemplateError) -> TemplateCondition {
    let condition = try disjunction()
    if let token = current {
      throw .syntax(
        "'\(token.text)' cannot stand here", at: token.position,
        hint: "conditions are made of ==, !=, not, and, or, and parentheses")
    }
    return condition
  }

  private var current: TemplateToken? { index < tokens.count ? tokens[index] : nil }

  private mutating func take(_ kind: TemplateToken.Kind) -> Bool {
    guard current?.kind == kind else { return false }
    index += 1
    return true
  }

  private mutating func disjunction() throws(TemplateError) -> TemplateCondition {
    var left = try conjunction()
    while take(.name("or")) { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(TemplateError) -> TemplateCondition {
    var left = try negation()
    while take(.name("and")) { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(TemplateError) -> TemplateCondition {
    guard let position = current?.position, take(.name("not")) else { return try comparison() }
    try deepen(at: position)
    defer { depth -= 1 }
    return .not(try negation())
  }

  private mutating func deepen(at position: SourcePosition) throws(TemplateError) {
    depth += 1
    guard depth <= Self.deepest else {
      throw .syntax("this condition is nested too deeply", at: position, hint: "make it simpler")
    }
  }

  private mutating func comparison() throws(TemplateError) -> TemplateCondition {
    if let open = current?.position, take(.symbol("(")) {
      try deepen(at: open)
      defer { depth -= 1 }
      let inner = try disjunction()
      guard take(.symbol(")")) else {
        throw .syntax("the '(' is not closed", at: open, hint: "close it with ')'")
      }
      if let token = current, token.kind == .symbol("==") || token.kind == .symbol("!=") {
        throw .syntax(
          "a condition in parentheses cannot be compared", at: token.position, hint: "use 'not' and 'and'")
      }
      return inner
    }
    let left = try operand()
    let isNegated = current?.kind == .symbol("!=")
    guard isNegated || current?.kind == .symbol("==") else { return .test(left) }
    index += 1
    let right = try operand()
    if let token = current, token.kind == .symbol("==") || token.kind == .symbol("!=") {
      throw .syntax("comparisons in a row are not known", at: token.position, hint: "join two with 'and'")
    }
    return .equal(left, right, negated: isNegated)
  }

  private mutating func operand() throws(TemplateError) -> TemplateOperand {
    guard let token = current else {
      throw .syntax(
        "something is missing here", at: tokens.last?.position ?? start,
        hint: "write a variable, or a text in quotes")
    }
    index += 1
    switch token.kind {
    case .name(let name): return try variable(name, token)
    case .string(let text): return .literal(.text(text), at: token.position)
    case .integer(let number): return .literal(.integer(number), at: token.position)
    case .number(let number): return .literal(.number(number), at: token.position)
    case .symbol("-"): return try negative(token)
    case .symbol: throw unexpected(token)
    }
  }

  private mutating func negative(_ sign: TemplateToken) throws(TemplateError) -> TemplateOperand {
    guard let token = current else { throw unexpected(sign) }
    index += 1
    switch token.kind {
    case .integer(let number): return .literal(.integer(-number), at: sign.position)
    case .number(let number): return .literal(.number(-number), at: sign.position)
    default: throw unexpected(sign)
    }
  }

  private func variable(_ name: String, _ token: TemplateToken) throws(TemplateError) -> TemplateOperand {
    switch name {
    case "true", "True": return .literal(.boolean(true), at: token.position)
    case "false", "False": return .literal(.boolean(false), at: token.position)
    case "and", "or", "not", "if", "elif", "else", "in", "is", "none", "None": throw unexpected(token)
    default: return .variable(name, at: token.position)
    }
  }

  private func unexpected(_ token: TemplateToken) -> TemplateError {
    .syntax(
      "'\(token.text)' cannot stand here", at: token.position, hint: "write a variable, or a text in quotes")
  }
}
