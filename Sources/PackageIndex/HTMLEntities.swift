/// A text with its character references replaced: numeric ones, and the names that occur in attribute values.
///
/// Any other is left as it is written.
func decodingEntities(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
  var result = ""
  var rest = text[...]
  while let ampersand = rest.firstIndex(of: "&") {
    result += rest[..<ampersand]
    rest = rest[ampersand...]
    let name = rest.dropFirst().prefix { $0 != ";" && $0 != "&" && !$0.isWhitespace }
    if name.endIndex < rest.endIndex, rest[name.endIndex] == ";", let character = character(named: name) {
      result.unicodeScalars.append(character)
      rest = rest[rest.index(after: name.endIndex)...]
    } else {
      result += "&"
      rest = rest.dropFirst()
    }
  }
  return result + rest
}

private func character(named name: Substring) -> Unicode.Scalar? {
  switch name {
  case "amp": return "&"
  case "lt": return "<"
  case "gt": return ">"
  case "quot": return "\""
  case "apos": return "'"
  case "nbsp": return "\u{A0}"
  default:
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap { Unicode.Scalar($0) }
  }
}
