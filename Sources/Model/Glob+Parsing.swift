extension Glob {
  /// Replaces the first `{a,b}` by each of its parts, and goes on with the results.
  static func expand(
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

  static func tokens(_ characters: [Character], of text: String) throws(ParseError) -> [Token] {
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
