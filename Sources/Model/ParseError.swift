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

  package var description: String { "'\(text)' is not a \(expected)" }
}
