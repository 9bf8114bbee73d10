import Model

/// A strict reader of JSON (RFC 8259) that knows where everything stands.
///
/// Refused: comments, trailing commas, duplicate keys, lone surrogates, byte order marks, anything behind
/// the value, and nesting deeper than `Node.maximumDepth`. Duplicate keys are collected, the first error
/// of syntax ends the reading.
struct JSONReader {
  let source: SourceText
  var index = 0
  var problems: [Diagnostic] = []
  private var line = 1
  private var lineStart = 0
  /// Bytes of the current line that begin no scalar.
  var continuationBytes = 0

  private init(_ source: SourceText) { self.source = source }

  /// The file's one value.
  static func document(
    _ source: SourceText, problems: inout [Diagnostic]
  ) throws(SyntaxProblem) -> Node {
    var reader = JSONReader(source)
    defer { problems += reader.problems }
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw SyntaxProblem(
        "the file starts with a byte order mark", at: reader.position, hint: "save it as UTF-8 without BOM")
    }
    reader.skipSpace()
    guard reader.current != nil else {
      throw SyntaxProblem("the file is empty", at: reader.position, hint: "write {} for no settings")
    }
    let node = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.current != nil {
      throw reader.unexpected("the end of the file", hint: "a JSON file holds one value")
    }
    return node
  }

  var current: UInt8? { index < source.bytes.count ? source.bytes[index] : nil }

  var position: SourcePosition {
    SourcePosition(file: source.file, line: line, column: index - lineStart - continuationBytes + 1)
  }

  private mutating func value(depth: Int) throws(SyntaxProblem) -> Node {
    guard depth <= Node.maximumDepth else {
      throw SyntaxProblem(
        "values nest more than \(Node.maximumDepth) deep", at: position, hint: "no setting nests that deep")
    }
    let start = position
    switch current {
    case UInt8(ascii: "{"): return Node(.mapping(try object(depth: depth)), at: start)
    case UInt8(ascii: "["): return Node(.sequence(try array(depth: depth)), at: start)
    case UInt8(ascii: "\""): return Node(.string(try string()), at: start)
    case UInt8(ascii: "-"), .some(0x30...0x39): return Node(.number(try number()), at: start)
    default: return Node(try word(), at: start)
    }
  }

  private mutating func object(depth: Int) throws(SyntaxProblem) -> [Node.Entry] {
    let opening = position
    var keys = UniqueKeys()
    index += 1
    skipSpace()
    if take("}") { return [] }
    while true {
      guard current == UInt8(ascii: "\"") else { throw missingKey(opening: opening, isFirst: keys.isEmpty) }
      let keyPosition = position
      let key = try string()
      skipSpace()
      guard take(":") else { throw unexpected("':' after the key '\(key)'") }
      skipSpace()
      let node = try value(depth: depth + 1)
      keys.add(Node.Entry(key: key, keyPosition: keyPosition, value: node), problems: &problems)
      skipSpace()
      if take("}") { return keys.entries }
      guard take(",") else { throw unclosed("'{'", opening, expected: "',' or '}'") }
      skipSpace()
    }
  }

  private mutating func array(depth: Int) throws(SyntaxProblem) -> [Node] {
    let opening = position
    var nodes: [Node] = []
    index += 1
    skipSpace()
    if take("]") { return [] }
    while true {
      if current == UInt8(ascii: "]") { throw unexpected("a value", hint: "remove the comma before it") }
      nodes.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return nodes }
      guard take(",") else { throw unclosed("'['", opening, expected: "',' or ']'") }
      skipSpace()
    }
  }

  private func missingKey(opening: SourcePosition, isFirst: Bool) -> SyntaxProblem {
    switch current {
    case UInt8(ascii: "}"): unexpected("a key", hint: "remove the comma before it")
    case nil: unclosed("'{'", opening, expected: "a key")
    default: unexpected("a key in double quotes")
    }
  }

  private func unclosed(_ bracket: String, _ opening: SourcePosition, expected: String) -> SyntaxProblem {
    guard current == nil else { return unexpected(expected) }
    return unexpected(expected, hint: "the \(bracket) at \(opening) is never closed")
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current {
      switch byte {
      case 0x20, 0x09: index += 1
      case 0x0A: newLine(1)
      case 0x0D: newLine(index + 1 < source.bytes.count && source.bytes[index + 1] == 0x0A ? 2 : 1)
      default: return
      }
    }
  }

  private mutating func newLine(_ length: Int) {
    index += length
    line += 1
    lineStart = index
    continuationBytes = 0
  }
}
