/// A token that opens a server; it never describes itself.
package struct BearerToken: Sendable, Hashable {
  /// What opens the server: for requests only, never for people.
  package let text: String

  package init(_ text: String) { self.text = text }
}

extension BearerToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(token)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
