import Model

/// How a registry wants to know who asks: the header WWW-Authenticate of a 401 (RFC 9110, 11.6.1).
enum RegistryChallenge: Hashable, Sendable {
  /// A user name and password with each request.
  case basic
  /// A token, which `realm` gives for a user name and password, or to everybody.
  case bearer(realm: String, service: String?, scope: String?)

  /// The strongest challenge that is understood; nil where there is none.
  init?(parsing header: String) {
    let challenges = Self.challenges(in: header)
    if let bearer = challenges.first(where: { $0.scheme == "bearer" }), let realm = bearer.fields["realm"] {
      self = .bearer(realm: realm, service: bearer.fields["service"], scope: bearer.fields["scope"])
    } else if challenges.contains(where: { $0.scheme == "basic" }) {
      self = .basic
    } else {
      return nil
    }
  }

  /// `SCHEME name=value, name="value", SCHEME …`, names and schemes in lower case.
  private static func challenges(in header: String) -> [(scheme: String, fields: [String: String])] {
    var result: [(scheme: String, fields: [String: String])] = []
    var rest = header[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
      let word = rest.prefix { !" ,=\t\"".contains($0) }
      guard !word.isEmpty else { return result }
      rest = rest[word.endIndex...]
      if rest.first == "=", let last = result.indices.last {
        rest.removeFirst()
        // Of a field that comes twice the first counts.
        let value = value(&rest)
        if result[last].fields[word.lowercased()] == nil { result[last].fields[word.lowercased()] = value }
      } else {
        result.append((word.lowercased(), [:]))
      }
    }
  }

  private static func value(_ rest: inout Substring) -> String {
    guard rest.first == "\"" else {
      let word = rest.prefix { $0 != "," && $0 != " " }
      rest = rest[word.endIndex...]
      return String(word)
    }
    rest.removeFirst()
    var value = ""
    while let character = rest.popFirst(), character != "\"" {
      value.append(character == "\\" ? rest.popFirst() ?? character : character)
    }
    return value
  }
}
