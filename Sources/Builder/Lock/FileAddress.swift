/// Files of this machine, which locks name by their path (PEP 751) and fetchers by their URL.
enum FileAddress {
  private static let escapes = [("%", "%25"), (" ", "%20"), ("#", "%23"), ("?", "%3F")]

  /// The URL of an absolute path.
  static func url(of path: String) -> String {
    "file://" + escapes.reduce(path) { $0.replacing($1.0, with: $1.1) }
  }

  /// The path of a URL; nil where it is not one of this machine's.
  static func path(of url: String) -> String? {
    guard url.hasPrefix("file:///") else { return nil }
    return escapes.reversed().reduce(String(url.dropFirst(7))) { $0.replacing($1.1, with: $1.0) }
  }
}
