import CYAML
import Model

/// One step of libyaml's parser.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias
    case scalar
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  let kind: Kind
  let anchor: String?
  let tag: String?
  let text: String
  /// Whether a scalar is written without quotes.
  let isPlain: Bool
  let position: SourcePosition
}

/// libyaml's event parser over one file.
final class YAMLParser {
  private let source: SourceText
  /// The bytes of a byte order mark, which libyaml would count as a column.
  private let markLength: Int
  /// libyaml keeps a pointer to the bytes, so they have a place of their own.
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  init(_ source: SourceText) throws(SyntaxProblem) {
    self.source = source
    markLength = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // libyaml takes an empty buffer for an input that is missing.
    let input = source.bytes.count > markLength ? source.bytes[markLength...] : [0x0A]
    bytes = .allocate(capacity: input.count)
    _ = bytes.initialize(fromContentsOf: input)
    guard let parser = cyaml_parser_new(bytes.baseAddress, input.count) else {
      bytes.deallocate()
      throw SyntaxProblem("not enough memory to read the file", at: source.position(of: 0))
    }
    self.parser = parser
  }

  deinit {
    cyaml_parser_delete(parser)
    bytes.deallocate()
  }

  /// The next event; not to be called after one was thrown or the stream ended.
  func next() throws(SyntaxProblem) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem }
    defer { yaml_event_delete(&event) }
    let facts = cyaml_event_describe(&event)
    guard let kind = YAMLEvent.Kind(facts.type) else {
      throw SyntaxProblem("unreadable YAML", at: position(line: facts.line, column: facts.column))
    }
    let text = UnsafeBufferPointer(start: facts.value, count: facts.length)
    return YAMLEvent(
      kind: kind, anchor: facts.anchor.map { String(cString: $0) },
      tag: facts.tag.map { String(cString: $0) },
      text: String(decoding: text, as: UTF8.self), isPlain: facts.is_plain != 0,
      position: position(line: facts.line, column: facts.column))
  }

  private func position(line: Int, column: Int) -> SourcePosition {
    SourcePosition(file: source.file, line: line + 1, column: column + 1)
  }

  /// What the parser gave up on.
  private var problem: SyntaxProblem {
    let text = parser.pointee.problem.map { String(cString: $0) } ?? "unreadable YAML"
    guard parser.pointee.error != YAML_READER_ERROR else {
      return SyntaxProblem(
        text, at: source.position(of: parser.pointee.problem_offset + markLength),
        hint: "remove the character")
    }
    let mark = parser.pointee.problem_mark
    let end = source.position(of: source.bytes.count)
    let context = parser.pointee.context.map { " " + String(cString: $0) } ?? ""
    return SyntaxProblem(
      "broken YAML: \(text)\(context)",
      // At the end of the file libyaml is a line further.
      at: min(position(line: mark.line, column: mark.column), end), hint: hint(for: text, at: mark))
  }

  private func hint(for problem: String, at mark: yaml_mark_t) -> String? {
    let start = source.bytes.dropFirst(markLength)
    let scalars = String(decoding: start, as: UTF8.self).unicodeScalars
    let scalar = scalars.index(scalars.startIndex, offsetBy: mark.index, limitedBy: scalars.endIndex)
    let found = scalar.flatMap { $0 < scalars.endIndex ? scalars[$0] : nil }
    switch (problem, found) {
    case (_, "\t"): return "indent with spaces, not tabs"
    case (_, "@"), (_, "`"), (_, "%"): return "put the text in quotes"
    case ("mapping values are not allowed in this context", _): return "put a text that holds ': ' in quotes"
    case ("could not find expected ':'", _): return "write 'key: value'"
    case ("did not find expected key", _), ("did not find expected '-' indicator", _):
      return "check the indentation of this line and the ones before it"
    default: break
    }
    guard let context = parser.pointee.context.map({ String(cString: $0) }) else { return nil }
    let opening = parser.pointee.context_mark
    guard context.contains("flow") || context.contains("quoted") else { return nil }
    guard opening.index < mark.index else { return "a '[', a '{' or a quote before it is not closed" }
    return "it starts at \(position(line: opening.line, column: opening.column))"
  }
}

extension YAMLEvent.Kind {
  fileprivate init?(_ type: yaml_event_type_t) {
    switch type {
    case YAML_STREAM_START_EVENT: self = .streamStart
    case YAML_STREAM_END_EVENT: self = .streamEnd
    case YAML_DOCUMENT_START_EVENT: self = .documentStart
    case YAML_DOCUMENT_END_EVENT: self = .documentEnd
    case YAML_ALIAS_EVENT: self = .alias
    case YAML_SCALAR_EVENT: self = .scalar
    case YAML_SEQUENCE_START_EVENT: self = .sequenceStart
    case YAML_SEQUENCE_END_EVENT: self = .sequenceEnd
    case YAML_MAPPING_START_EVENT: self = .mappingStart
    case YAML_MAPPING_END_EVENT: self = .mappingEnd
    default: return nil
    }
  }
}
