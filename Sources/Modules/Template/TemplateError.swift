package import Model

/// What can be wrong with a template.
package enum TemplateError: UserFacingError, Equatable {
  /// It has bytes that are no text: it was meant to be copied as it is.
  case notText(at: SourcePosition)
  /// What stands at a place is nothing that the language has.
  case syntax(String, at: SourcePosition, hint: String?)
  case unknownVariable(String, at: SourcePosition, known: [String])
  /// A comparison or test that could only ever come out one way.
  case pointless(String, at: SourcePosition, hint: String?)
  /// The text that it makes is larger than anybody wants to read.
  case tooLarge(file: String, limit: Int)

  package var description: String {
    switch self {
    case .notText: "this is not UTF-8 text, so it cannot be a template"
    case .syntax(let problem, _, _), .pointless(let problem, _, _): problem
    case .unknownVariable(let name, _, _): "there is no variable '\(name)'"
    case .tooLarge(let file, let limit): "'\(file)' makes more than \(limit >> 20) MiB of text"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .notText(let position), .syntax(_, let position, _), .unknownVariable(_, let position, _),
      .pointless(_, let position, _):
      position
    case .tooLarge(let file, _): SourcePosition(file: file, line: 1, column: 1)
    }
  }

  package var hint: String? {
    switch self {
    case .notText: "take \"template\": true away, so that the file is copied as it is"
    case .syntax(_, _, let hint), .pointless(_, _, let hint): hint
    case .unknownVariable(let name, _, let known):
      nearest(to: name, in: known).map { "did you mean '\($0)'?" }
        ?? "the variables are \(known.joined(separator: ", "))"
    case .tooLarge: "make the file without a template"
    }
  }
}
