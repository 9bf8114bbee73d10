import Model

extension Outline {
  /// JSON with sorted keys; one line, or indented by two spaces a level.
  func json(isPretty: Bool, origins: Bool) -> String {
    var text = ""
    writeJSON(to: &text, indent: isPretty ? 0 : nil, origins: origins)
    return text
  }

  private func writeJSON(to text: inout String, indent: Int?, origins: Bool) {
    if origins, let place {
      let parts: [(key: String, value: Outline)] = [
        (key: "origin", value: .text(place.description)), (key: "value", value: Outline(content)),
      ]
      Outline(.map(parts)).writeJSON(to: &text, indent: indent, origins: origins)
      return
    }
    switch content {
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .text(let value): text.appendJSONString(value)
    case .list(let elements):
      text.appendJSON(elements, "[", "]", indent: indent) { text, element, inner in
        element.writeJSON(to: &text, indent: inner, origins: origins)
      }
    case .map(let entries):
      text.appendJSON(entries.sorted { $0.key < $1.key }, "{", "}", indent: indent) { text, entry, inner in
        text.appendJSONString(entry.key)
        text += indent == nil ? ":" : ": "
        entry.value.writeJSON(to: &text, indent: inner, origins: origins)
      }
    }
  }
}

extension String {
  /// Appends elements between brackets, each on a line of its own when there is an indent.
  fileprivate mutating func appendJSON<Element>(
    _ elements: [Element], _ opening: String, _ closing: String, indent: Int?,
    _ append: (inout String, Element, Int?) -> Void
  ) {
    self += opening
    for (index, element) in elements.enumerated() {
      if index > 0 { self += "," }
      if let indent { self += "\n" + String(repeating: " ", count: indent + 2) }
      append(&self, element, indent.map { $0 + 2 })
    }
    if let indent, !elements.isEmpty { self += "\n" + String(repeating: " ", count: indent) }
    self += closing
  }

  /// Appends a JSON string, which YAML reads as a double-quoted scalar, too.
  ///
  /// Escaped are quotes, backslashes, and what doesn't print: controls, and Unicode's line and byte order marks.
  mutating func appendJSONString(_ value: String) {
    let isPlain = value.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
    self +=
      isPlain
      ? "\"\(value)\""
      : value.quoted {
        ["\u{2028}", "\u{2029}", "\u{FEFF}"].contains($0) || (0x7F...0x9F).contains($0.value)
      }
  }
}
