package import Model

/// A diagnostic in the form that people and editors know, with its source line where that is given.
///
/// ```
/// runenvs/python-3.13.5/config.json:3:5: error: unknown key 'runtimes'
///     "runtimes": {}
///     ^
///   hint: did you mean 'runtime'?
/// ```
///
/// - Parameters:
///   - diagnostic: What to say.
///   - source: The text of the file that the position is in; nil shows no line of it.
///   - colored: Whether to use escape sequences.
/// - Returns: Lines, each ending with a line feed.
package func render(_ diagnostic: Diagnostic, source: String? = nil, colored: Bool = false) -> String {
  let severity: (word: String, style: Style) =
    switch diagnostic.severity {
    case .error: ("error:", .error)
    case .warning: ("warning:", .warning)
    }
  let position =
    diagnostic.position.map { Style.bold.apply(to: "\($0):".printable, colored: colored) + " " } ?? ""
  let word = severity.style.apply(to: severity.word, colored: colored)
  var lines = [position + word + " " + indented(diagnostic.message)]
  if let position = diagnostic.position, let source {
    lines += excerpt(of: source, at: position, style: severity.style, colored: colored)
  }
  if let hint = diagnostic.hint {
    lines.append("  " + Style.accent.apply(to: "hint:", colored: colored) + " " + indented(hint))
  }
  return lines.map { $0 + "\n" }.joined()
}

/// The lines after the first, if any, moved to the right, so that they read as one message.
private func indented(_ text: String) -> String { text.printable.replacing("\n", with: "\n    ") }

/// The line of a position, with a caret under its column; a long line is cut to what is around it.
private func excerpt(
  of source: String, at position: SourcePosition, style: Style, colored: Bool
) -> [String] {
  let lines = source.split(omittingEmptySubsequences: false) { $0.isNewline }
  guard lines.indices.contains(position.line - 1) else { return [] }
  let scalars = Array(String(lines[position.line - 1]).replacing("\t", with: " ").unicodeScalars)
  let column = min(max(position.column - 1, 0), scalars.count)
  let start = column > 60 ? column - 40 : scalars.prefix { $0 == " " }.count
  let before = text(scalars[min(start, column)..<column]).printable
  let shown = (before + text(scalars[column...]).printable).truncated(toWidth: 100)
  let caret = style.apply(to: "^", colored: colored)
  return ["    " + shown, "    " + String(repeating: " ", count: before.displayWidth) + caret]
}

private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  var text = String.UnicodeScalarView()
  text.append(contentsOf: scalars)
  return String(text)
}
