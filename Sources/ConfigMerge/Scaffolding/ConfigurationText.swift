import Model

/// A configuration file's text in which single values are replaced; everything else stays to the byte.
struct ConfigurationText {
  let file: String
  private(set) var text: String

  init(_ text: String, file: String) {
    self.text = text
    self.file = file
  }

  private func parse() -> Node? {
    ParsedFile(Array(text.utf8), file: file, format: ParsedFile.Format(fileName: file)).root
  }

  /// Makes the platforms these; the floors that the file gives them stay.
  ///
  /// - Throws: `ScaffoldError.notAdapted` where the text is laid out in a way that this doesn't know.
  mutating func setPlatforms(_ platforms: [Platform]) throws(ScaffoldError) {
    guard let root = parse() else { throw .notAdapted(key: "platforms", position: nil) }
    let old = root[.platforms]
    let value = Self.value(platforms, floors: old?.entries ?? [])
    if let old {
      try replace(old, with: value, key: "platforms", in: root)
    } else {
      insert("platforms", value, in: root)
    }
    guard let changed = parse(),
      changed.entries.plain(without: .platforms) == root.entries.plain(without: .platforms),
      let new = changed[.platforms],
      new.elements.compactMap(\.string) + new.entries.map(\.key) == platforms.map(\.description)
    else { throw .notAdapted(key: "platforms", position: old?.position) }
  }

  private static func value(_ platforms: [Platform], floors: [Node.Entry]) -> String {
    let settings = platforms.map { platform in
      floors.first { $0.key == platform.description }?.value[.floor]?.string
    }
    guard settings.contains(where: { $0 != nil }) else {
      return "[" + platforms.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    let entries = zip(platforms, settings).map { platform, floor in
      "\"\(platform)\": {" + (floor.map { "\"floor\": \"\($0)\"" } ?? "") + "}"
    }
    return "{" + entries.joined(separator: ", ") + "}"
  }

  /// Debian's suites by the Python that they have.
  private static let suites = ["3.9": "bullseye", "3.11": "bookworm", "3.13": "trixie"]

  /// Makes every suite of Debian that the file names the one that has the Python; where none is known, a warning says so.
  mutating func setSuites(for python: PythonVersion) throws(ScaffoldError) -> [Diagnostic] {
    guard let runtime = parse()?[.runtime] else { return [] }
    let nodes = ([runtime] + (runtime[.platformSpecific]?.entries ?? []).map(\.value)).compactMap {
      $0[.suite]
    }
    guard let suite = Self.suites[python.minorVersion] else {
      return nodes.map { node in
        Diagnostic(
          .warning, "the suite '\(node.string ?? "")' was copied, and may have another Python than \(python)",
          at: node.position, hint: "name a suite of Debian that has it, or remove runtime.suite")
      }
    }
    // From the end, so that the places before stay what they were.
    for node in nodes.sorted(by: { $0.position > $1.position }) where node.string != suite {
      guard let start = index(of: node.position), let end = endOfScalar(at: start, node.string ?? "") else {
        throw .notAdapted(key: "runtime.suite", position: node.position)
      }
      let isQuoted = text[start] == "\"" || text[start] == "'"
      text.replaceSubrange(start..<end, with: isQuoted ? "\"\(suite)\"" : suite)
    }
    return []
  }
}

extension ConfigurationText {
  /// The place of a line and column, counted in scalars.
  private func index(of position: SourcePosition) -> String.Index? {
    var line = 1
    var index = text.unicodeScalars.startIndex
    while line < position.line {
      guard let end = text.unicodeScalars[index...].firstIndex(of: "\n") else { return nil }
      index = text.unicodeScalars.index(after: end)
      line += 1
    }
    return text.unicodeScalars.index(
      index, offsetBy: position.column - 1, limitedBy: text.unicodeScalars.endIndex)
  }

  private func endOfScalar(at start: String.Index, _ value: String) -> String.Index? {
    guard start < text.endIndex else { return nil }
    if text[start] == "\"" || text[start] == "'" { return endOfQuoted(at: start) }
    return text[start...].hasPrefix(value) ? text.index(start, offsetBy: value.count) : nil
  }

  private func endOfQuoted(at start: String.Index) -> String.Index? {
    let quote = text[start]
    var index = text.index(after: start)
    while index < text.endIndex {
      if text[index] == "\\", quote == "\"" {
        index = text.index(after: index)
        guard index < text.endIndex else { return nil }
      } else if text[index] == quote {
        return text.index(after: index)
      }
      index = text.index(after: index)
    }
    return nil
  }

  /// Behind the bracket that closes the one at `start`.
  private func endOfBrackets(at start: String.Index) -> String.Index? {
    var depth = 0
    var index = start
    while index < text.endIndex {
      switch text[index] {
      case "\"", "'":
        guard let end = endOfQuoted(at: index) else { return nil }
        index = end
        continue
      case "[", "{": depth += 1
      case "]", "}":
        depth -= 1
        if depth == 0 { return text.index(after: index) }
      default: break
      }
      index = text.index(after: index)
    }
    return nil
  }

  private mutating func replace(_ old: Node, with value: String, key: String, in root: Node)
    throws(ScaffoldError)
  {
    guard let start = index(of: old.position), start < text.endIndex else {
      throw .notAdapted(key: key, position: old.position)
    }
    if text[start] == "[" || text[start] == "{" {
      guard let end = endOfBrackets(at: start) else { throw .notAdapted(key: key, position: old.position) }
      text.replaceSubrange(start..<end, with: value)
      return
    }
    // A YAML block: up to the next key's line, without the blank lines and comments that come before that.
    let next = root.entries.first { $0.keyPosition.line > old.position.line }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let keyLine = root.entries.last(where: { $0.keyPosition <= old.position })?.keyPosition.line else {
      throw .notAdapted(key: key, position: old.position)
    }
    var end = next.map { $0.keyPosition.line - 1 } ?? lines.count
    while end > keyLine, lines[end - 1].allSatisfy(\.isWhitespace) || lines[end - 1].hasPrefix("#") {
      end -= 1
    }
    lines.replaceSubrange((keyLine - 1)..<end, with: ["\(key): \(value)"])
    text = lines.joined(separator: "\n")
  }

  /// Puts a key in front of the others.
  private mutating func insert(_ key: String, _ value: String, in root: Node) {
    guard let start = index(of: root.position) else { return }
    guard start < text.endIndex, text[start] == "{" else {
      text.insert(contentsOf: "\(key): \(value)\n", at: start)
      return
    }
    let behind = text.index(after: start)
    if root.entries.isEmpty {
      text.insert(contentsOf: "\n  \"\(key)\": \(value)\n", at: behind)
    } else {
      let isOnLines = root.entries.first.map { $0.keyPosition.line > root.position.line } ?? false
      text.insert(contentsOf: isOnLines ? "\n  \"\(key)\": \(value)," : "\"\(key)\": \(value), ", at: behind)
    }
  }
}

extension [Node.Entry] {
  /// What the entries say, whatever their places, but for one.
  fileprivate func plain(without key: Key) -> [String] {
    filter { $0.key != key.rawValue }.map { "\($0.key): \($0.value.plain)" }
  }
}

extension Node {
  /// The value without places.
  fileprivate var plain: String {
    switch content {
    case .null: "null"
    case .boolean(let value): String(value)
    case .number(let text): text
    case .string(let text): text.quoted()
    case .sequence(let nodes): "[" + nodes.map(\.plain).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { $0.key.quoted() + ": " + $0.value.plain }.joined(separator: ", ") + "}"
    }
  }
}
