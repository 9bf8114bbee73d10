extension Character {
  /// How many columns of a terminal the character takes: 0, 1 or 2.
  ///
  /// Near enough to Unicode's East Asian Width (UAX #11) for names of files and packages: wide and full-width
  /// blocks and emoji take two columns, control characters none.
  package var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{fe0f}") { return 2 }
    return wideBlocks.contains { $0.contains(first.value) } ? 2 : 1
  }
}

/// Scripts and symbols whose characters are two columns wide.
private let wideBlocks: [ClosedRange<UInt32>] = [
  0x1100...0x115f,  // Hangul initial consonants
  0x2e80...0x303e,  // CJK radicals and punctuation
  0x3041...0xa4cf,  // kana, CJK ideographs, Yi
  0xa960...0xa97f,  // Hangul, extended
  0xac00...0xd7a3,  // Hangul syllables
  0xf900...0xfaff,  // CJK compatibility ideographs
  0xfe30...0xfe6f,  // CJK compatibility forms
  0xff00...0xff60,  // full-width forms
  0xffe0...0xffe6,  // full-width signs
  0x2_0000...0x3_fffd,  // further CJK ideographs
]

extension StringProtocol {
  /// How many columns of a terminal the text takes; it has no line breaks and no escape sequences.
  package var displayWidth: Int {
    utf8.allSatisfy { (0x20..<0x7f).contains($0) } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }

  /// The text in at most `width` columns, the last of which is `…` when something was left out.
  package func truncated(toWidth width: Int) -> String {
    guard displayWidth > width else { return String(self) }
    guard width > 0 else { return "" }
    var kept = ""
    var used = 1
    for character in self {
      used += character.displayWidth
      if used > width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text with control characters, which could move the cursor or change colours, as `\u{1b}`.
  package var printable: String {
    var text = ""
    for scalar in String(self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n" && scalar != "\t": text += scalar.escaped(asASCII: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
