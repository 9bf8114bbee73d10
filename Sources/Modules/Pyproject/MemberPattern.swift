import Model

/// A pattern of `[tool.uv.workspace]`: `packages/*`, `libs/**`, or a directory.
///
/// As uv reads it, `*`, `?` and brackets stay within one part, `**` stands for any number of parts, and braces for themselves.
struct MemberPattern {
  private let parts: [String]

  init(_ pattern: String) { parts = Self.parts(of: pattern) }

  /// Whether it names this directory, and not one above or below.
  func matches(_ directory: String) -> Bool {
    Self.matches(parts[...], Self.parts(of: directory)[...])
  }

  private static func parts(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  private static func matches(_ pattern: ArraySlice<String>, _ path: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == "**" {
      return matches(pattern.dropFirst(), path) || !path.isEmpty && matches(pattern, path.dropFirst())
    }
    guard let name = path.first, matches(first, name) else { return false }
    return matches(pattern.dropFirst(), path.dropFirst())
  }

  private static func matches(_ part: String, _ name: String) -> Bool {
    if part == name { return true }
    guard !part.contains("{"), !part.contains("\\") else { return false }
    do throws(ParseError) {
      return try Glob(parsing: part).matches(name)
    } catch {
      // What uv can't read either matches nothing.
      return false
    }
  }
}
