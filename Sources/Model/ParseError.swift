/// A text that is not what it should be; callers add the position it was found at.
package struct ParseError: UserFacingError, Equatable {
  /// What the text should have been, as in `platform` or `Python version`.
  package let expected: String
  package let text: String
  package let hint: String?

  package init(expected: String, text: String, hint: String? = nil) {
    self.expected = expected
    self.text = text
    self.hint = hint
  }

  /// A text of more than 200 characters is cut: nobody reads it, and it may come from anywhere.
  package var description: String {
    let shown = text.count > 200 ? text.prefix(180) + "…" : text[...]
    return "'\(shown)' is not a \(expected)"
  }
}
