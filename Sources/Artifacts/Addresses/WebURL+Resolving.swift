extension WebURL {
  /// What a reference on the page at this URL means (RFC 3986, section 5.2); nil when that is no URL with a host.
  package func resolving(_ reference: String) -> WebURL? {
    if let colon = reference.utf8.firstIndex(of: UInt8(ascii: ":")), reference[..<colon].isScheme {
      return WebURL(parsing: reference)
    }
    if reference.hasPrefix("//") { return WebURL(parsing: "\(scheme):\(reference)") }

    var result = self
    var rest = reference[...]
    result.fragment = nil
    if let hash = rest.firstIndex(of: "#") {
      result.fragment = String(rest[rest.index(after: hash)...])
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: "?") {
      result.query = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    } else if !rest.isEmpty {
      result.query = nil
    }
    if rest.hasPrefix("/") {
      result.path = Self.removingDotSegments(rest)
    } else if !rest.isEmpty {
      let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
      result.path = Self.removingDotSegments(directory + rest)
    }
    return WebURL(parsing: result.description)
  }

  /// The path without `.` and `..` segments; `..` never leads above the root.
  private static func removingDotSegments(_ path: Substring) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/")
  }
}

extension Substring {
  /// Whether this can stand before the `:` of an absolute URL.
  fileprivate var isScheme: Bool {
    guard let first = utf8.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A else { return false }
    return utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2B || $0 == 0x2D
        || $0 == 0x2E
    }
  }
}
