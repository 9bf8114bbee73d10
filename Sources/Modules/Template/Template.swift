import ConfigMerge
package import Model

/// A text with places to fill in, in a strict subset of Jinja's language.
///
/// It makes the bytes that Jinja makes with `trim_blocks`, `lstrip_blocks`, `keep_trailing_newline` and
/// `StrictUndefined`: `{{ variable }}`, `{% if a == "b" %}` with `elif`, `else`, `not`, `and`, `or` and parentheses,
/// `{% raw %}`, `{# comment #}`, and `-` or `+` inside the delimiters. Line breaks become `\n`. Whatever else Jinja knows
/// is an error, and so is a name that nothing has, in a branch that isn't taken too.
package struct Template: Sendable {
  private let nodes: [TemplateNode]
  private let file: String

  /// Text from a template is not larger than this.
  private static let limit = 16 << 20

  /// Reads a file's bytes; errors call it `file`.
  package init(_ bytes: [UInt8], file: String) throws(TemplateError) {
    self.file = file
    nodes = try TemplateParser.nodes(of: TemplateLexer.segments(of: TemplateText(bytes, file: file)))
  }

  /// Reads a value in a file, such as a path in `module.json`; every error is at its place.
  package init(_ text: String, at position: SourcePosition) throws(TemplateError) {
    file = position.file
    nodes = try TemplateParser.nodes(of: TemplateLexer.segments(of: TemplateText(text, at: position)))
  }

  /// The text with these variables.
  ///
  /// - Throws: `TemplateError` for the first name that is none of theirs, and for comparisons that make no sense.
  package func render(_ variables: TemplateVariables) throws(TemplateError) -> String {
    try variables.check(nodes)
    var text = ""
    try append(nodes, variables, to: &text)
    return text
  }

  private func append(
    _ nodes: [TemplateNode], _ variables: TemplateVariables, to text: inout String
  ) throws(TemplateError) {
    for node in nodes {
      switch node {
      case .text(let part): text += part
      case .output(let operand): text += try variables.value(operand).templateText
      case .choice(let branches):
        if let branch = try variables.branch(of: branches) { try append(branch.nodes, variables, to: &text) }
      }
      guard text.utf8.count <= Self.limit else { throw .tooLarge(file: file, limit: Self.limit) }
    }
  }
}
