import Model

/// A file as far as it was read: what is wrong leaves no node, or a node and the problems beside it.
struct ParsedFile {
  enum Format {
    case json
    case yaml

    /// `.json` is JSON, anything else YAML.
    init(fileName: String) { self = fileName.hasSuffix(".json") ? .json : .yaml }
  }

  let root: Node?
  let problems: [Diagnostic]
  /// The text, for showing the lines that problems point to.
  let source: String

  init(_ bytes: [UInt8], file: String, format: Format) {
    var problems: [Diagnostic] = []
    var root: Node?
    do throws(SyntaxProblem) {
      let source = try SourceText(bytes, file: file)
      root =
        switch format {
        case .json: try JSONReader.document(source, problems: &problems)
        case .yaml: try YAMLReader.document(source, problems: &problems)
        }
    } catch {
      problems.append(error.diagnostic)
    }
    self.root = root
    self.problems = problems
    // Bytes that are no text are shown as the replacement character.
    source = String(decoding: bytes, as: UTF8.self)
  }
}

extension Node {
  /// Reads strict JSON (RFC 8259).
  ///
  /// - Throws: every duplicate key, and the first error of syntax.
  package static func parse(json bytes: [UInt8], file: String) throws(ConfigurationErrors) -> Node {
    try parse(bytes, file: file, format: .json)
  }

  /// Reads one YAML document of plain core-schema scalars, mappings and sequences; aliases are expanded.
  ///
  /// - Throws: every duplicate key, and the first error of syntax.
  package static func parse(yaml bytes: [UInt8], file: String) throws(ConfigurationErrors) -> Node {
    try parse(bytes, file: file, format: .yaml)
  }

  private static func parse(
    _ bytes: [UInt8], file: String, format: ParsedFile.Format
  ) throws(ConfigurationErrors) -> Node {
    let parsed = ParsedFile(bytes, file: file, format: format)
    guard let root = parsed.root, parsed.problems.isEmpty else {
      throw ConfigurationErrors(diagnostics: parsed.problems, sources: [file: parsed.source])
    }
    return root
  }
}
