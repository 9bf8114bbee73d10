/// A URL in its parts, as RFC 3986 has them; nothing is decoded.
///
/// Two spellings of a host are equal: scheme and host are in lower case, and a port that the scheme implies is nil.
package struct WebURL: Hashable, Sendable {
  package var scheme: String
  /// `user:password` as written, percent-encoded; nil when there is none.
  package var userInfo: String?
  package var host: String
  package var port: Int?
  /// With its leading slash; empty when there is none.
  package var path: String
  package var query: String?
  package var fragment: String?
}

extension WebURL: CustomStringConvertible {
  /// Reads an absolute URL with a host, as `http`, `https` and `file` have them; anything else is nil.
  package init?(parsing text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    scheme = text[..<colon].lowercased()
    guard let first = scheme.utf8.first, (0x61...0x7A).contains(first) else { return nil }

    var rest = text[text.index(colon, offsetBy: 3)...]
    fragment = rest.cut(from: "#").map { String($0) }
    query = rest.cut(from: "?").map { String($0) }
    var authority = rest
    path = authority.cut(from: "/").map { "/" + $0 } ?? ""
    if let at = authority.lastIndex(of: "@") {
      userInfo = String(authority[..<at])
      authority = authority[authority.index(after: at)...]
    }
    let digits = authority.suffix(while: { (0x30...0x39).contains($0) })
    if digits.startIndex > authority.startIndex, authority[authority.index(before: digits.startIndex)] == ":"
    {
      port = Int(digits)
      authority = authority[..<authority.index(before: digits.startIndex)]
      if port == Self.impliedPort(of: scheme) { port = nil }
    }
    host = authority.lowercased()
    // Something like a port that is none may be a password with an unencoded slash: no guesses.
    guard !host.contains(":") || host.hasPrefix("[") && host.hasSuffix("]") else { return nil }
    guard !host.isEmpty || scheme == "file" else { return nil }
  }

  package var description: String {
    let user = userInfo.map { $0 + "@" } ?? ""
    return "\(scheme)://\(user)\(authority)\(target)" + (fragment.map { "#" + $0 } ?? "")
  }

  /// Host and port, without user info.
  package var authority: String { host + (port.map { ":\($0)" } ?? "") }

  private var target: String { path + (query.map { "?" + $0 } ?? "") }

  /// Whether both are on the same server: scheme, host and port.
  package func hasSameOrigin(as other: WebURL) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  private static func impliedPort(of scheme: String) -> Int? {
    switch scheme {
    case "http": 80
    case "https": 443
    default: nil
    }
  }
}

extension Substring {
  /// Cuts off what follows the first `separator`, and the separator; nil when there is none.
  fileprivate mutating func cut(from separator: Character) -> Substring? {
    guard let index = firstIndex(of: separator) else { return nil }
    defer { self = self[..<index] }
    return self[self.index(after: index)...]
  }

  fileprivate func suffix(while predicate: (UInt8) -> Bool) -> Substring {
    var start = utf8.endIndex
    while start > utf8.startIndex, predicate(utf8[utf8.index(before: start)]) {
      start = utf8.index(before: start)
    }
    return self[start...]
  }
}
