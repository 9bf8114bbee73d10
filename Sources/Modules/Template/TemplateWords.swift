import Model

/// Reads the words of a tag.
struct TemplateWords {
  private let text: TemplateText
  private(set) var index: Int

  init(text: TemplateText, index: Int) {
    self.text = text
    self.index = index
  }

  private var scalars: [Unicode.Scalar] { text.scalars }
  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// The word at the index, which is not white space.
  mutating func next() throws(TemplateError) -> TemplateToken {
    let start = index
    let first = scalars[index]
    let kind: TemplateToken.Kind
    if first.isIdentifierStart {
      kind = .name(take { $0.isIdentifierPart })
    } else if ("0"..."9").contains(first) {
      kind = try number()
    } else if first == "\"" || first == "'" {
      kind = .string(try string(quotedBy: first))
    } else if first == "=" || first == "!", index + 1 < scalars.count, scalars[index + 1] == "=" {
      index += 2
      kind = .symbol(first == "=" ? "==" : "!=")
    } else {
      index += 1
      kind = .symbol(String(first))
    }
    return TemplateToken(kind: kind, position: text.position(of: start))
  }

  private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = index
    while let scalar = current, belongs(scalar) { index += 1 }
    return String(String.UnicodeScalarView(scalars[start..<index]))
  }

  /// A decimal number; Jinja reads other spellings too, which nobody needs here.
  private mutating func number() throws(TemplateError) -> TemplateToken.Kind {
    let start = index
    let digits = take { ("0"..."9").contains($0) }
    if current == ".", index + 1 < scalars.count, ("0"..."9").contains(scalars[index + 1]) {
      index += 1
      let fraction = take { ("0"..."9").contains($0) }
      if !isInsideWord, let number = Double("\(digits).\(fraction)") { return .number(number) }
    } else if !isInsideWord, digits == "0" || !digits.hasPrefix("0"), let integer = Int(digits) {
      return .integer(integer)
    }
    throw .syntax(
      "this number is not understood", at: text.position(of: start), hint: "write it as 12 or 0.5")
  }

  private var isInsideWord: Bool { current.map { $0.isIdentifierPart || $0 == "." } ?? false }

  private mutating func string(quotedBy quote: Unicode.Scalar) throws(TemplateError) -> String {
    let start = index
    var result = String.UnicodeScalarView()
    index += 1
    while let scalar = current {
      index += 1
      if scalar == quote { return String(result) }
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      result.append(try escaped())
    }
    throw .syntax("the string is not closed", at: text.position(of: start), hint: "end it with \(quote)")
  }

  private mutating func escaped() throws(TemplateError) -> Unicode.Scalar {
    let place = index - 1
    defer { index += 1 }
    switch current {
    case "\\": return "\\"
    case "\"": return "\""
    case "'": return "'"
    case "n": return "\n"
    case "t": return "\t"
    default:
      throw .syntax(
        "this escape is not known", at: text.position(of: place),
        hint: #"known are \\, \", \', \n and \t"#)
    }
  }
}
