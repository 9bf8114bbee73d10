/// A file pattern on a relative path: `*` and `?` within one part of the path, `**` over any number of parts.
///
/// A pattern that matches a directory matches everything in it.
struct Glob: Sendable, Hashable {
  private let parts: [[Character]]

  init(_ pattern: String) {
    parts = pattern.split(separator: "/").map { Array($0) }
  }

  func matches(_ path: String) -> Bool {
    Self.match(parts[...], path.split(separator: "/").map { Array($0) }[...])
  }

  private static func match(_ parts: ArraySlice<[Character]>, _ names: ArraySlice<[Character]>) -> Bool {
    guard let part = parts.first else { return true }
    if part == ["*", "*"] {
      return (names.startIndex...names.endIndex).contains { match(parts.dropFirst(), names[$0...]) }
    }
    guard let name = names.first, matchPart(part[...], name[...]) else { return false }
    return match(parts.dropFirst(), names.dropFirst())
  }

  private static func matchPart(_ part: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
    guard let first = part.first else { return name.isEmpty }
    if first == "*" {
      return (name.startIndex...name.endIndex).contains { matchPart(part.dropFirst(), name[$0...]) }
    }
    guard let character = name.first, first == "?" || first == character else { return false }
    return matchPart(part.dropFirst(), name.dropFirst())
  }
}
