/// The header fields of a wheel's WHEEL and METADATA files: RFC 822 as Python's email package reads it.
///
/// Field names do not depend on letter case; a line that starts with white space continues the one above; the
/// first empty line ends the fields, what follows is the body. A line that is no field is passed over.
struct HeaderFields {
  /// Names in lower case, in the order written.
  private(set) var fields: [(name: String, value: String)] = []

  init(parsing text: String) {
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.isEmpty { break }
      if line.first == " " || line.first == "\t" {
        guard !fields.isEmpty else { continue }
        fields[fields.count - 1].value += "\n" + line.trimmed
      } else if let colon = line.firstIndex(of: ":") {
        fields.append((line[..<colon].lowercased(), line[line.index(after: colon)...].trimmed))
      }
    }
  }

  /// The values of every field of this name, in the order written.
  func all(_ name: String) -> [String] {
    fields.filter { $0.name == name.lowercased() }.map(\.value)
  }

  /// The value of the first field of this name; nil when there is none or it is empty or `UNKNOWN`.
  func first(_ name: String) -> String? {
    all(name).first { !$0.isEmpty && $0 != "UNKNOWN" }
  }
}

extension StringProtocol {
  /// The text without white space at either end.
  var trimmed: String {
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}
