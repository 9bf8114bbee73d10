/// Where the tables, keys and values of a TOML text stand, in bytes from its start.
///
/// It is read from a text that is known to be TOML, for edits that leave everything else as it is.
struct TOMLOutline {
  /// `[a.b]` or `[[a.b]]`.
  struct Header {
    let path: [String]
    /// Whether it, or one that it is below, starts an element of an array of tables.
    let isInElement: Bool
    let start: Int
    /// Behind the line break of the last line that belongs to it, comments after the last key not among them.
    var end: Int
  }

  /// `key = value` below a header.
  struct Entry {
    /// With the header's.
    let path: [String]
    /// Nil above the first header.
    let header: Int?
    let value: Value
    let start: Int
    /// Behind the line's break.
    let end: Int
  }

  struct Value {
    /// The value itself, without what stands around it.
    let range: Range<Int>
    let content: Content
  }

  indirect enum Content {
    case plain
    case array([Value])
    case inlineTable([Member])
  }

  struct Member {
    /// Below the inline table.
    let path: [String]
    let value: Value
  }

  var headers: [Header] = []
  var entries: [Entry] = []

  /// The value at a path, wherever and however its tables are written; nil when it is a table with headers of its own.
  func value(at path: [String]) -> Value? {
    for entry in entries where !isInElement(entry) && path.starts(with: entry.path) {
      if let value = Self.value(at: path.dropFirst(entry.path.count), in: entry.value) { return value }
    }
    return nil
  }

  /// The innermost inline table on the way to a path, and what of the path is below it.
  func inlineTable(towards path: [String]) -> (table: Value, rest: [String])? {
    for entry in entries where !isInElement(entry) && path.count > entry.path.count {
      guard path.starts(with: entry.path), case .inlineTable = entry.value.content else { continue }
      return Self.innermost(entry.value, path.dropFirst(entry.path.count))
    }
    return nil
  }

  func isInElement(_ entry: Entry) -> Bool { entry.header.map { headers[$0].isInElement } ?? false }

  private static func value(at path: ArraySlice<String>, in value: Value) -> Value? {
    guard !path.isEmpty else { return value }
    guard case .inlineTable(let members) = value.content else { return nil }
    for member in members where path.starts(with: member.path) {
      if let found = Self.value(at: path.dropFirst(member.path.count), in: member.value) { return found }
    }
    return nil
  }

  private static func innermost(_ table: Value, _ path: ArraySlice<String>) -> (Value, [String]) {
    if case .inlineTable(let members) = table.content {
      for member in members where path.count > member.path.count && path.starts(with: member.path) {
        guard case .inlineTable = member.value.content else { continue }
        return innermost(member.value, path.dropFirst(member.path.count))
      }
    }
    return (table, Array(path))
  }
}
