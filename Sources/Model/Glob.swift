/// A shell pattern: `*`, `?`, `[a-z]`, `[!a-z]`, `\` before a character that means itself, and `{a,b}`.
///
/// `*` matches any run of characters, none included, and `?` one. A leading dot is nothing special. Braces are taken
/// apart first, so that an alternative may have slashes in it. Matching takes time proportional to pattern times
/// text, whatever the pattern.
package struct Glob: Hashable, Sendable {
  /// What a pattern is matched against.
  package enum Subject: Hashable, Sendable {
    /// A name, as a whole; a slash is a character like others (fnmatch(3) without flags).
    case text
    /// A relative path, part by part: `*`, `?` and brackets stay within one part, and a part that is `**` matches any
    /// number of parts, none included. A pattern that matches a directory matches all that is in it.
    case path
  }

  enum Token: Hashable, Sendable {
    case character(Character)
    case one
    case run
    case set([ClosedRange<Character>], negated: Bool)
  }

  /// A part of a path: what matches it, or `**`.
  private enum Part: Hashable, Sendable {
    case name([Token])
    case run
  }

  package let text: String
  package let subject: Subject
  /// What the braces stand for, each in its parts; with `text` that is one.
  private let alternatives: [[Part]]

  /// Braces that would stand for more patterns than this are refused.
  static let limit = 1024

  /// - Throws: `ParseError` for a bracket or brace that is not closed, and for braces that stand for too much.
  package init(parsing text: String, matching subject: Subject = .text) throws(ParseError) {
    var expanded: [[Character]] = []
    try Self.expand(Array(text), into: &expanded, of: text)
    var alternatives: [[Part]] = []
    for characters in expanded {
      var parts: [Part] = []
      for part in subject == .path ? characters.split(separator: "/") : [characters[...]] {
        let isRun = subject == .path && part.elementsEqual("**")
        parts.append(isRun ? .run : .name(try Self.tokens(Array(part), of: text)))
      }
      alternatives.append(parts)
    }
    self.text = text
    self.subject = subject
    self.alternatives = alternatives
  }

  /// Whether the whole of `text` matches; of a path, it or a directory that it is in.
  package func matches(_ text: String) -> Bool {
    let parts = subject == .path ? text.split(separator: "/").map(Array.init) : [Array(text)]
    return alternatives.contains { alternative in
      Self.matches(alternative, parts, run: .run, wholly: subject == .text) { part, characters in
        guard case .name(let tokens) = part else { return false }
        return Self.matches(tokens, characters, run: .run, wholly: true, accepts)
      }
    }
  }

  /// Whether the elements match, each what stands at its place, and a run any number of them.
  ///
  /// `wholly` says whether elements may be left over.
  private static func matches<Wanted: Equatable, Element>(
    _ pattern: [Wanted], _ elements: [Element], run: Wanted, wholly: Bool,
    _ accepts: (Wanted, Element) -> Bool
  ) -> Bool {
    var (place, index) = (0, 0)
    // Where to go on when what follows the last run doesn't match: one more element belongs to the run.
    var retry: (place: Int, index: Int)?
    while index < elements.count {
      if place == pattern.count, !wholly { return true }
      if place < pattern.count, pattern[place] == run {
        retry = (place + 1, index)
        place += 1
      } else if place < pattern.count, accepts(pattern[place], elements[index]) {
        place += 1
        index += 1
      } else if let last = retry {
        retry = (last.place, last.index + 1)
        (place, index) = (last.place, last.index + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == run }
  }

  private func accepts(_ token: Token, _ character: Character) -> Bool {
    switch token {
    case .character(let wanted): wanted == character
    case .one: true
    case .run: false
    case .set(let ranges, let negated): ranges.contains { $0.contains(character) } != negated
    }
  }
}
