/// How a piece of text looks on a terminal (ECMA-48, Select Graphic Rendition).
package enum Style: String, Sendable {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case error = "1;31"
  case warning = "1;33"
  case success = "32"
  case accent = "36"
  case removed = "31"

  /// The text between the sequences that switch the style on and off; nothing is added without colours.
  package func apply(to text: String, colored: Bool) -> String {
    colored && self != .plain && !text.isEmpty ? "\u{1b}[\(rawValue)m\(text)\u{1b}[0m" : text
  }
}

/// A line of text in several styles.
package struct StyledLine: Hashable, Sendable {
  package struct Piece: Hashable, Sendable {
    let text: String
    let style: Style
  }

  package private(set) var pieces: [Piece] = []

  package init() {}

  /// Adds a piece behind what is there.
  package mutating func append(_ text: String, _ style: Style = .plain) {
    if !text.isEmpty { pieces.append(Piece(text: text, style: style)) }
  }

  /// The line without its styles.
  package var text: String { pieces.map(\.text).joined() }

  /// The line in at most `width` columns, with escape sequences where `colored`.
  package func rendered(width: Int, colored: Bool) -> String {
    var rest = width
    var line = ""
    for piece in pieces {
      let text = piece.text.truncated(toWidth: rest)
      line += piece.style.apply(to: text, colored: colored)
      rest -= text.displayWidth
      if text != piece.text { break }
    }
    return line
  }
}
