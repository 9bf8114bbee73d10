package import Model

/// A diagnostic as it is shown: what and where, the source line with a caret below, and the hint.
///
/// Without the file's text, or where the place is not in it, the line and the caret are left out. The text ends
/// without a line break.
package func render(_ diagnostic: Diagnostic, source: String?) -> String {
  let place = diagnostic.position.map { "\($0): " } ?? ""
  var lines = ["\(place)\(diagnostic.severity.rawValue): \(diagnostic.message.withoutControls)"]
  if let position = diagnostic.position, let line = source?.line(position.line) {
    // A line without end, as in minified JSON, would drown the message.
    let start = line.count > 160 ? max(0, position.column - 80) : 0
    lines.append(String(String.UnicodeScalarView(line.dropFirst(start).prefix(160))).withoutControls)
    lines.append(line.prefix(position.column - 1).dropFirst(start).map(\.gap).joined() + "^")
  }
  if let hint = diagnostic.hint { lines.append("  hint: \(hint.withoutControls)") }
  return lines.joined(separator: "\n")
}

extension Sequence<Diagnostic> {
  /// Each diagnostic as `render` shows it, one below the other, with the lines of these files.
  package func rendered(sources: [String: String]) -> String {
    map { render($0, source: $0.position.flatMap { sources[$0.file] }) }.joined(separator: "\n")
  }
}

extension String {
  /// The scalars of a line, counted from 1; nil when there are fewer.
  fileprivate func line(_ number: Int) -> [Unicode.Scalar]? {
    var (current, line, previous) = (1, [Unicode.Scalar](), Unicode.Scalar?.none)
    for scalar in unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n", previous == "\r" { continue }
      if scalar == "\n" || scalar == "\r" {
        if current == number { return line }
        current += 1
      } else if current == number {
        line.append(scalar)
      }
    }
    return current == number ? line : nil
  }
}

extension String {
  /// The text with control characters replaced but for tabs: they could move the terminal's cursor.
  fileprivate var withoutControls: String {
    var text = UnicodeScalarView()
    for scalar in unicodeScalars {
      text.append(scalar == "\t" || scalar.properties.generalCategory != .control ? scalar : "\u{FFFD}")
    }
    return String(text)
  }
}

extension Unicode.Scalar {
  /// As much space as the scalar takes on a terminal.
  fileprivate var gap: String {
    if self == "\t" { return "\t" }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return ""
    default: break
    }
    // East Asian wide letters and emoji take two columns (Unicode Standard Annex 11).
    let isWide: Bool =
      switch value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        true
      default: false
      }
    return isWide ? "  " : " "
  }
}
