/// A text as it may be shown and stored: the user names and passwords of all URLs in it are left out.
///
/// Any text will do: a URL, a line with URLs in it, another program's message.
package func redacting(_ text: String) -> String { replacingUserInfo(in: text) { _ in "" } }

/// A text like `redacting`'s in which every character keeps its place: asterisks stand for what may not be shown.
package func masking(_ text: String) -> String {
  replacingUserInfo(in: text) { String(repeating: "*", count: $0.count) }
}

private func replacingUserInfo(in text: String, _ replacement: (Substring) -> String) -> String {
  guard text.contains("@") else { return text }
  var result = ""
  var rest = text[...]
  while let mark = rest.firstRange(of: "://") {
    result += rest[..<mark.upperBound]
    rest = rest[mark.upperBound...]
    let word = rest.prefix { !$0.isWhitespace && !"\"'<>`".contains($0) }
    let authority = word.prefix { !"/?#".contains($0) }
    // "user:pa/ss@host" is no valid URL, but someone has meant it so.
    let place = authority.hasPort ? authority : word
    if let at = place.lastIndex(of: "@") {
      result += replacement(rest[...at])
      rest = rest[rest.index(after: at)...]
    }
  }
  let bare = result.isEmpty ? rest.withoutUserInfo : rest
  return result + (bare.startIndex == rest.startIndex ? "" : replacement(rest[..<bare.startIndex])) + bare
}

extension Substring {
  /// `host/a` of `user:password@host/a`, where someone forgot the scheme.
  fileprivate var withoutUserInfo: Substring {
    guard let at = lastIndex(of: "@"), self[..<at].contains(":"), !self[..<at].contains(where: \.isWhitespace)
    else { return self }
    return self[index(after: at)...]
  }

  /// Whether what is behind the last colon can be a port, or there is no colon.
  fileprivate var hasPort: Bool {
    let host = lastIndex(of: "@").map { self[index(after: $0)...] } ?? self
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return true }
    return host[host.index(after: colon)...].allSatisfy { $0.isASCII && $0.isNumber }
  }
}
