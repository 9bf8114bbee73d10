import Model

/// A word of an expression between `{{` and `}}` or `{%` and `%}`.
struct TemplateToken: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case name(String)
    case string(String)
    case integer(Int)
    case number(Double)
    /// `==`, `!=`, a parenthesis, or any other character: what is not known is told by the parser.
    case symbol(String)
  }

  let kind: Kind
  let position: SourcePosition

  /// As it is quoted to people.
  var text: String {
    switch kind {
    case .name(let name): name
    case .string(let text): "\"\(text)\""
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .symbol(let symbol): symbol
    }
  }
}

/// A piece of a template: text that goes through, or the words of a tag.
enum TemplateSegment: Equatable, Sendable {
  case text(String)
  case output([TemplateToken], at: SourcePosition)
  case block([TemplateToken], at: SourcePosition)
}
