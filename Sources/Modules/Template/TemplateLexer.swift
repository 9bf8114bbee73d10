import Model

/// Cuts a template into text and tags as Jinja's lexer does with `trim_blocks` and `lstrip_blocks`.
///
/// The white space before a tag that is alone on its line goes, and the line break after a block or a comment; `-` and
/// `+` inside the delimiters take more of it away or keep it.
struct TemplateLexer {
  private let text: TemplateText
  private let scalars: [Unicode.Scalar]
  private var index = 0
  /// Whether what was read last ended with a line break; at the start of the file too.
  private var isLineStart = true
  private var segments: [TemplateSegment] = []

  static func segments(of text: TemplateText) throws(TemplateError) -> [TemplateSegment] {
    var lexer = TemplateLexer(text: text)
    while let open = lexer.nextOpening() { try lexer.readTag(at: open) }
    lexer.emit(lexer.scalars[lexer.index...])
    return lexer.segments
  }

  private init(text: TemplateText) {
    self.text = text
    scalars = text.scalars
  }

  private mutating func emit(_ part: ArraySlice<Unicode.Scalar>) {
    if !part.isEmpty { segments.append(.text(String(String.UnicodeScalarView(part)))) }
  }

  private func nextOpening() -> Int? {
    var place = index
    while place + 1 < scalars.count {
      if scalars[place] == "{", "{%#".unicodeScalars.contains(scalars[place + 1]) { return place }
      place += 1
    }
    return nil
  }

  private mutating func readTag(at open: Int) throws(TemplateError) {
    let data = scalars[index..<open]
    let kind = scalars[open + 1]
    let sign = signs(at: open + 2)
    let isOutput = kind == "{"
    let position = text.position(of: open)
    emit(stripped(data, before: sign, isOutput: isOutput))
    index = open + 2 + (sign == nil ? 0 : 1)
    isLineStart = false
    switch kind {
    case "#": try skipComment(from: open)
    case "%":
      if takeRawBegin() {
        try readRaw(from: open)
      } else {
        let tokens = try tokens(closing: "%}", from: open)
        segments.append(.block(tokens, at: position))
      }
    default: segments.append(.output(try tokens(closing: "}}", from: open), at: position))
    }
  }

  private func signs(at place: Int) -> Unicode.Scalar? {
    guard place < scalars.count, scalars[place] == "-" || scalars[place] == "+" else { return nil }
    return scalars[place]
  }

  /// The text before a tag without the white space that goes with it.
  private func stripped(
    _ data: ArraySlice<Unicode.Scalar>, before sign: Unicode.Scalar?, isOutput: Bool
  ) -> ArraySlice<Unicode.Scalar> {
    if sign == "-" { return data[...(data.lastIndex { !$0.isPythonSpace } ?? data.startIndex - 1)] }
    guard sign != "+", !isOutput else { return data }
    let lineBreak = data.lastIndex(of: "\n")
    guard lineBreak != nil || isLineStart else { return data }
    let lineStart = lineBreak.map { $0 + 1 } ?? data.startIndex
    return data[lineStart...].allSatisfy(\.isPythonSpace) ? data[..<lineStart] : data
  }

  private mutating func skipSpaces() {
    while index < scalars.count, scalars[index].isPythonSpace { index += 1 }
  }

  /// Steps over a closing delimiter with its sign and the white space that goes with it, if one comes next.
  private mutating func takeClosing(_ closing: String, keepsWithPlus: Bool, trimsLineBreak: Bool) -> Bool {
    let delimiter = Array(closing.unicodeScalars)
    var place = index
    let sign = signs(at: place)
    if sign == "+", !keepsWithPlus { return false }
    if sign != nil { place += 1 }
    guard scalars[place...].starts(with: delimiter) else { return false }
    index = place + delimiter.count
    if sign == "-" { skipSpaces() }
    if sign == nil, trimsLineBreak, index < scalars.count, scalars[index] == "\n" { index += 1 }
    isLineStart = scalars[index - 1] == "\n"
    return true
  }

  private mutating func skipComment(from open: Int) throws(TemplateError) {
    while index < scalars.count {
      if takeClosing("#}", keepsWithPlus: true, trimsLineBreak: true) { return }
      index += 1
    }
    throw .syntax(
      "the comment is not closed", at: text.position(of: open), hint: "end it with '#}'")
  }

  /// Steps over the rest of `{% raw %}`, if that comes next.
  private mutating func takeRawBegin() -> Bool {
    let start = index
    skipSpaces()
    if take("raw") {
      skipSpaces()
      if takeClosing("%}", keepsWithPlus: false, trimsLineBreak: false) { return true }
    }
    index = start
    return false
  }

  private mutating func take(_ word: String) -> Bool {
    guard scalars[index...].starts(with: word.unicodeScalars) else { return false }
    index += word.unicodeScalars.count
    return true
  }

  private mutating func readRaw(from open: Int) throws(TemplateError) {
    let start = index
    let startedLine = isLineStart
    while index < scalars.count {
      let end = index
      if take("{%") {
        let sign = signs(at: index)
        if sign != nil { index += 1 }
        skipSpaces()
        if take("endraw") {
          skipSpaces()
          if takeClosing("%}", keepsWithPlus: true, trimsLineBreak: true) {
            let endsLine = isLineStart
            isLineStart = startedLine
            emit(stripped(scalars[start..<end], before: sign, isOutput: false))
            isLineStart = endsLine
            return
          }
        }
      }
      index = end + 1
    }
    throw .syntax(
      "the block 'raw' is not closed", at: text.position(of: open), hint: "end it with '{% endraw %}'")
  }

  private mutating func tokens(closing: String, from open: Int) throws(TemplateError) -> [TemplateToken] {
    var tokens: [TemplateToken] = []
    while true {
      skipSpaces()
      guard index < scalars.count else {
        let opening = closing == "%}" ? "{%" : "{{"
        throw .syntax(
          "the '\(opening)' is not closed", at: text.position(of: open), hint: "end it with '\(closing)'")
      }
      let isBlock = closing == "%}"
      if takeClosing(closing, keepsWithPlus: isBlock, trimsLineBreak: isBlock) { return tokens }
      var words = TemplateWords(text: text, index: index)
      tokens.append(try words.next())
      index = words.index
    }
  }
}
