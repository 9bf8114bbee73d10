import Model

/// A shell pattern: `*`, `?`, `[a-z]`, `[!a-z]`, `\` before a character that means itself, and `{a,b}`.
///
/// `*` matches any run of characters, none included; nothing is special about dots or slashes (fnmatch(3)
/// without flags). Matching takes time proportional to pattern times text, whatever the pattern.
struct Glob: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case character(Character)
    case one
    case run
    case set([ClosedRange<Character>], negated: Bool)
  }

  let text: String
  private let alternatives: [[Token]]

  /// Braces that would stand for more patterns than this are refused.
  private static let limit = 1024

  /// - Throws: `ParseError` for a bracket or brace that is not closed, and for braces that stand for too much.
  init(parsing text: String) throws(ParseError) {
    var expanded: [[Character]] = []
    try Self.expand(Array(text), into: &expanded, of: text)
    var alternatives: [[Token]] = []
    for characters in expanded { alternatives.append(try Self.tokens(characters, of: text)) }
    self.text = text
    self.alternatives = alternatives
  }

  /// Whether the whole of `text` matches.
  func matches(_ text: String) -> Bool {
    let characters = Array(text)
    return alternatives.contains { Self.matches($0, characters) }
  }

  private static func matches(_ tokens: [Token], _ text: [Character]) -> Bool {
    var (token, index) = (0, 0)
    // Where to go on when what follows the last `*` doesn't match: one more character belongs to the `*`.
    var retry: (token: Int, index: Int)?
    while index < text.count {
      if token < tokens.count, tokens[token] == .run {
        retry = (token + 1, index)
        token += 1
      } else if token < tokens.count, accepts(tokens[token], text[index]) {
        token += 1
        index += 1
      } else if let last = retry {
        retry = (last.token, last.index + 1)
        (token, index) = (last.token, last.index + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .run }
  }

  private static func accepts(_ token: Token, _ character: Character) -> Bool {
    switch token {
    case .character(let wanted): wanted == character
    case .one: true
    case .run: false
    case .set(let ranges, let negated): ranges.contains { $0.contains(character) } != negated
    }
  }
}

extension Glob {
  /// Replaces the first `{a,b}` by each of its parts, and goes on with the results.
  private static func expand(
    _ pattern: [Character], into results: inout [[Character]], of text: String
  ) throws(ParseError) {
    guard let open = firstBrace(in: pattern) else {
      guard results.count < limit else {
        throw ParseError(
          expected: "pattern", text: text, hint: "its braces stand for more than \(limit) patterns")
      }
      results.append(pattern)
      return
    }
    var depth = 0
    var partStart = open + 1
    var parts: [ArraySlice<Character>] = []
    var index = open
    while index < pattern.count {
      switch pattern[index] {
      case "\\": index += 1
      case "{": depth += 1
      case "," where depth == 1:
        parts.append(pattern[partStart..<index])
        partStart = index + 1
      case "}":
        depth -= 1
        guard depth == 0 else { break }
        parts.append(pattern[partStart..<index])
        for part in parts {
          try expand(pattern[..<open] + part + pattern[(index + 1)...], into: &results, of: text)
        }
        return
      default: break
      }
      index += 1
    }
    throw ParseError(expected: "pattern", text: text, hint: "the '{' is not closed")
  }

  private static func expand(
    _ pattern: ArraySlice<Character>, into results: inout [[Character]], of text: String
  ) throws(ParseError) {
    try expand(Array(pattern), into: &results, of: text)
  }

  /// The first brace that is neither escaped nor inside brackets.
  private static func firstBrace(in pattern: [Character]) -> Int? {
    var index = 0
    var isInSet = false
    while index < pattern.count {
      switch pattern[index] {
      case "\\": index += 1
      case "[": isInSet = true
      case "]": isInSet = false
      case "{" where !isInSet: return index
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func tokens(_ characters: [Character], of text: String) throws(ParseError) -> [Token] {
    var tokens: [Token] = []
    var index = 0
    while index < characters.count {
      switch characters[index] {
      case "*": if tokens.last != .run { tokens.append(.run) }
      case "?": tokens.append(.one)
      case "[": tokens.append(try set(characters, &index, of: text))
      case "\\" where index + 1 < characters.count:
        index += 1
        tokens.append(.character(characters[index]))
      case let character: tokens.append(.character(character))
      }
      index += 1
    }
    return tokens
  }

  /// Reads `[…]` from `index` and leaves `index` on its `]`; a `]` in first place is a member.
  private static func set(
    _ characters: [Character], _ index: inout Int, of text: String
  ) throws(ParseError) -> Token {
    var ranges: [ClosedRange<Character>] = []
    var position = index + 1
    let negated = position < characters.count && (characters[position] == "!" || characters[position] == "^")
    if negated { position += 1 }
    let first = position
    while position < characters.count, characters[position] != "]" || position == first {
      let low = characters[position]
      let isRange =
        position + 2 < characters.count && characters[position + 1] == "-" && characters[position + 2] != "]"
      let high = isRange ? characters[position + 2] : low
      guard low <= high else {
        throw ParseError(
          expected: "pattern", text: text, hint: "the range '\(low)-\(high)' is the wrong way round")
      }
      ranges.append(low...high)
      position += isRange ? 3 : 1
    }
    guard position < characters.count else {
      throw ParseError(expected: "pattern", text: text, hint: "the '[' is not closed")
    }
    index = position
    return .set(ranges, negated: negated)
  }
}
