import Model

/// What a recipe says as a tree that can be written as JSON or YAML, each value with the place it comes from.
struct Outline: Sendable {
  indirect enum Content: Sendable {
    case boolean(Bool)
    case integer(Int)
    case text(String)
    case list([Outline])
    case map([(key: String, value: Outline)])
  }

  /// Where a value comes from.
  enum Place: Sendable {
    case file(SourcePosition)
    case `default`

    /// `file:line:column` or `default`.
    var description: String {
      switch self {
      case .file(let position): position.description
      case .default: "default"
      }
    }
  }

  let content: Content
  /// Nil where the parts have places of their own, or it is no setting.
  let place: Place?

  init(_ content: Content, place: Place? = nil) {
    self.content = content
    self.place = place
  }

  static func text(_ text: String, place: Place? = nil) -> Outline { Outline(.text(text), place: place) }
  static func list(_ elements: [Outline]) -> Outline { Outline(.list(elements)) }

  /// A mapping of what is there.
  static func map(_ entries: KeyValuePairs<String, Outline?>, place: Place? = nil) -> Outline {
    let there = entries.compactMap { key, value in value.map { (key: key, value: $0) } }
    return Outline(.map(there), place: place)
  }

  var entries: [(key: String, value: Outline)] {
    if case .map(let entries) = content { entries } else { [] }
  }
}

extension Located {
  func outline(_ content: (Value) -> Outline.Content) -> Outline {
    Outline(content(value), place: position.map(Outline.Place.file) ?? .default)
  }
}

extension Located where Value: CustomStringConvertible {
  /// As the value describes itself.
  var outline: Outline { outline { .text($0.description) } }
}

extension Located<String> {
  var outline: Outline { outline(Outline.Content.text) }
}

extension Located<Bool> {
  var outline: Outline { outline { .boolean($0) } }
}

extension Located<Int> {
  var outline: Outline { outline { .integer($0) } }
}

extension Located where Value: RawRepresentable<String> {
  var outline: Outline { outline { .text($0.rawValue) } }
}
