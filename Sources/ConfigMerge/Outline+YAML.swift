extension Outline {
  /// A YAML document in block style; with origins, values are followed by `# file:line:column`.
  func yaml(origins: Bool) -> String {
    var text = ""
    writeYAML(to: &text, indent: 0, origins: origins)
    return text
  }

  /// Writes the value's lines; the text ends where the value may start a new line of its own.
  private func writeYAML(to text: inout String, indent: Int, origins: Bool) {
    let margin = String(repeating: " ", count: indent)
    switch content {
    case .map(let entries):
      for (key, value) in entries {
        text += margin
        text.appendYAMLScalar(key)
        text += ":"
        value.writeYAMLValue(to: &text, indent: indent + 2, origins: origins)
      }
    case .list(let elements):
      for element in elements {
        text += margin + "-"
        element.writeYAMLElement(to: &text, indent: indent + 2, origins: origins)
      }
    default:
      writeYAMLValue(to: &text, indent: indent, origins: origins)
    }
  }

  /// Writes what follows a key: a scalar on the same line, or a block below it.
  private func writeYAMLValue(to text: inout String, indent: Int, origins: Bool) {
    switch content {
    case .map(let entries) where !entries.isEmpty: break
    case .list(let elements) where !elements.isEmpty: break
    default:
      text += " "
      appendYAMLScalar(to: &text)
      finishLine(&text, origins: origins)
      return
    }
    finishLine(&text, origins: origins)
    writeYAML(to: &text, indent: indent, origins: origins)
  }

  /// Writes what follows a hyphen; a mapping starts on the same line.
  private func writeYAMLElement(to text: inout String, indent: Int, origins: Bool) {
    guard case .map(let entries) = content, !entries.isEmpty else {
      return writeYAMLValue(to: &text, indent: indent, origins: origins)
    }
    var block = ""
    writeYAML(to: &block, indent: indent, origins: origins)
    text += " " + block.dropFirst(indent)
  }

  private func appendYAMLScalar(to text: inout String) {
    switch content {
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .text(let value): text.appendYAMLScalar(value)
    case .list: text += "[]"
    case .map: text += "{}"
    }
  }

  private func finishLine(_ text: inout String, origins: Bool) {
    if origins, let place { text += "  # " + place.description }
    text += "\n"
  }
}

extension String {
  /// Appends a scalar that every YAML reader, of 1.1 and 1.2, takes for this text: plain where that is safe.
  fileprivate mutating func appendYAMLScalar(_ value: String) {
    if value.isPlainYAML { self += value } else { appendJSONString(value) }
  }

  private var isPlainYAML: Bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
    guard let first = utf8.first, let last = utf8.last, !words.contains(lowercased()) else { return false }
    guard first.isPlainStart, last != UInt8(ascii: ":"), last != 0x20 else { return false }
    // Numbers, dates and times of either version are made of these.
    guard !utf8.allSatisfy({ "0123456789.:-+_eExXoOabcdefABCDEFtTzZ ".utf8.contains($0) }) || first.isLetter
    else { return false }
    guard utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return false }
    return !contains(": ") && !contains(" #")
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

  fileprivate var isPlainStart: Bool { isLetter || (0x30...0x39).contains(self) || self == UInt8(ascii: "/") }
}
