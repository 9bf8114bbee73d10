/// A user name and password; it never describes itself.
package struct Credential: Sendable, Hashable {
  let user: String
  let password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  /// Reads the user info of a URL, whose parts are percent-encoded.
  package init(userInfo: String) {
    let colon = userInfo.firstIndex(of: ":") ?? userInfo.endIndex
    user = Self.decoding(userInfo[..<colon])
    password = colon == userInfo.endIndex ? "" : Self.decoding(userInfo[userInfo.index(after: colon)...])
  }

  private static func decoding(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(credential)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
