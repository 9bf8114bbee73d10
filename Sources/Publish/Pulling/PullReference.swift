package import Model

/// What to pull, as people write it: `ID` or `ID@VERSION`.
package struct PullReference: Hashable, Sendable {
  package let runenv: String
  /// Nil for the newest.
  package let version: PublishedVersion?

  package init(runenv: String, version: PublishedVersion? = nil) {
    self.runenv = runenv
    self.version = version
  }
}

extension PullReference: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard !parts[0].isEmpty else {
      throw ParseError(
        expected: "environment", text: text, hint: "write ID or ID@VERSION, as in python-3.13.5-science@4")
    }
    guard parts.count == 2 else {
      self.init(runenv: text)
      return
    }
    if Platform.all.contains(where: { $0.description == parts[1] }) {
      throw ParseError(
        expected: "environment", text: text, hint: "write the platform as --platform \(parts[1])")
    }
    self.init(runenv: String(parts[0]), version: try PublishedVersion(parsing: String(parts[1])))
  }

  package var description: String { version.map { "\(runenv)@\($0)" } ?? runenv }
}
