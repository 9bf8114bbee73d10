import ConfigMerge
import Model

/// JSON whose objects keep their order: for files of others, of which a part is changed and the rest stays.
indirect enum OrderedJSON: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let key: String
    var value: OrderedJSON
  }

  case null
  case boolean(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([OrderedJSON])
  case object([Entry])

  init(_ node: Node) {
    self =
      switch node.content {
      case .null: .null
      case .boolean(let value): .boolean(value)
      case .number(let text): .number(text)
      case .string(let text): .string(text)
      case .sequence(let nodes): .array(nodes.map(Self.init))
      case .mapping(let entries): .object(entries.map { Entry(key: $0.key, value: Self($0.value)) })
      }
  }

  /// An object with these entries.
  static func fields(_ entries: KeyValuePairs<String, OrderedJSON>) -> OrderedJSON {
    .object(entries.map { Entry(key: $0.key, value: $0.value) })
  }

  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var entries: [Entry] {
    if case .object(let entries) = self { entries } else { [] }
  }

  /// A value of an object; what is set anew goes to its end.
  ///
  /// What is no object becomes one when it is set.
  subscript(key: String) -> OrderedJSON? {
    get { entries.first { $0.key == key }?.value }
    set {
      var entries = entries
      let index = entries.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): return
      }
      self = .object(entries)
    }
  }

  /// The value at the end of a path of keys; setting it makes the objects on the way.
  subscript(path: ArraySlice<String>) -> OrderedJSON? {
    get {
      guard let first = path.first else { return self }
      return self[first]?[path.dropFirst()]
    }
    set {
      guard let first = path.first else {
        self = newValue ?? .null
        return
      }
      var inner = self[first] ?? .fields([:])
      inner[path.dropFirst()] = newValue
      self[first] = inner
    }
  }
}

extension OrderedJSON {
  /// As npm writes files: two spaces a level, a line feed at the end.
  var indentedText: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  /// On one line, as `JSON.stringify` has it, with a line feed at the end.
  var compactText: String {
    var text = ""
    write(to: &text, indent: nil)
    return text + "\n"
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let number): text += number
    case .string(let string): text += string.quoted()
    case .array(let elements):
      Self.write(elements, "[", "]", to: &text, indent: indent) { text, element, indent in
        element.write(to: &text, indent: indent)
      }
    case .object(let entries):
      Self.write(entries, "{", "}", to: &text, indent: indent) { text, entry, inner in
        text += entry.key.quoted() + (indent == nil ? ":" : ": ")
        entry.value.write(to: &text, indent: inner)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], _ opening: String, _ closing: String, to text: inout String, indent: Int?,
    _ write: (inout String, Element, Int?) -> Void
  ) {
    text += opening
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: " ", count: indent + 2) }
      write(&text, element, indent.map { $0 + 2 })
    }
    if let indent, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += closing
  }
}
