import Model
import TOMLFiles

/// A `pyproject.toml` being edited: what is not touched stays to the byte, comments, order and line breaks among it.
struct ProjectText {
  private(set) var bytes: [UInt8]
  private(set) var outline: TOMLOutline
  let lineBreak: [UInt8]

  /// The text is TOML.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    outline = TOMLOutlineReader.outline(of: bytes)
    let firstBreak = bytes.firstIndex(of: 0x0A)
    let isCRLF = firstBreak.map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
    lineBreak = isCRLF ? [0x0D, 0x0A] : [0x0A]
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The line of a place, from 1.
  func line(of place: Int) -> Int { bytes[..<place].count { $0 == 0x0A } + 1 }

  /// The line of a key that is there.
  func line(of path: [String]) -> Int? {
    if let value = outline.value(at: path) { return line(of: value.range.lowerBound) }
    return outline.headers.first { $0.path == path }.map { line(of: $0.start) }
  }

  mutating func insert(_ text: String, at place: Int) {
    bytes.insert(contentsOf: text.utf8, at: place)
    outline = TOMLOutlineReader.outline(of: bytes)
  }

  /// Puts a new key into a table, which is made where it isn't there.
  mutating func add(_ path: [String], _ value: String) {
    let (parent, key) = (Array(path.dropLast()), path.suffix(1))
    if let header = outline.headers.last(where: { $0.path == parent && !$0.isInElement }) {
      insertLine(Self.line(Array(key), value), at: header.end)
    } else if let (table, rest) = outline.inlineTable(towards: path) {
      add(Self.line(rest, value), to: table)
    } else if let entry = outline.entries.last(where: { isDottedWay($0, to: parent) }) {
      let above = entry.header.map { outline.headers[$0].path.count } ?? 0
      insertLine(Self.line(Array(path[above...]), value), at: entry.end)
    } else {
      addTable(parent, Self.line(Array(key), value))
    }
  }

  private static func line(_ key: [String], _ value: String) -> String {
    key.map(TOMLText.key).joined(separator: ".") + " = " + value
  }

  /// Whether an entry makes the table with its key's dots: `uv.sources.x = …` below `[tool]`.
  private func isDottedWay(_ entry: TOMLOutline.Entry, to table: [String]) -> Bool {
    let above = entry.header.map { outline.headers[$0].path.count } ?? 0
    return !outline.isInElement(entry) && above < table.count && entry.path.count > table.count
      && entry.path.starts(with: table)
  }

  private var newLine: String { String(decoding: lineBreak, as: UTF8.self) }

  private mutating func insertLine(_ line: String, at place: Int) {
    let isOpen = place > 0 && bytes[place - 1] != 0x0A
    insert((isOpen ? newLine : "") + line + newLine, at: place)
  }

  private mutating func add(_ member: String, to table: TOMLOutline.Value) {
    guard case .inlineTable(let members) = table.content, let last = members.last else {
      bytes.replaceSubrange(table.range, with: "{ \(member) }".utf8)
      outline = TOMLOutlineReader.outline(of: bytes)
      return
    }
    insert(", " + member, at: last.value.range.upperBound)
  }

  /// Writes a new table behind its nearest kin, or at the end.
  private mutating func addTable(_ path: [String], _ line: String) {
    let kin = path.first == "tool" ? Array(path.prefix(2)) : ["project"]
    let near = outline.headers.last { $0.path.starts(with: kin) }
    let place = near.map { isLast($0) ? bytes.count : $0.end } ?? bytes.count
    let name = path.map(TOMLText.key).joined(separator: ".")
    var text = "[\(name)]\(newLine)\(line)\(newLine)"
    if place > 0 { text = (bytes[place - 1] == 0x0A ? "" : newLine) + newLine + text }
    let isFollowed = place < bytes.count && bytes[place] != 0x0A && bytes[place] != 0x0D
    insert(text + (isFollowed ? newLine : ""), at: place)
  }

  private func isLast(_ header: TOMLOutline.Header) -> Bool {
    outline.headers.allSatisfy { $0.end <= header.end }
  }
}
