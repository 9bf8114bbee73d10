import Model

/// Files of this machine, which locks name by their path (PEP 751) and fetchers by their URL (RFC 8089).
enum FileAddress {
  private static let scheme = "file://"

  /// The URL of an absolute path.
  static func url(of path: String) -> String { scheme + encodingPercent(path) }

  /// The path of a URL; nil where it is not one of this machine's.
  static func path(of url: String) -> String? {
    guard url.hasPrefix("\(scheme)/") else { return nil }
    return decodingPercent(url.dropFirst(scheme.count))
  }
}
