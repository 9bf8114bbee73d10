package import Model

/// A failure that is known and accepted: what it concerns, and why that is no fault of the environment.
package struct Allowance: Hashable, Sendable {
  /// The name of an import, the path of a file in the environment, or the name of a library that is missing, as a
  /// `Glob` of text: `*` stands for slashes too.
  package let pattern: Glob
  /// For people; shown wherever the failure would have been.
  package let reason: String

  /// - Throws: `ParseError` when the pattern is none.
  package init(pattern: String, reason: String) throws(ParseError) {
    self.pattern = try Glob(parsing: pattern)
    self.reason = reason
  }

  func matches(_ check: Check) -> Bool {
    ([check.subject] + check.details).contains(where: pattern.matches)
  }
}

extension [Allowance] {
  /// The checks with what is allowed marked as such, and the patterns that met no failure.
  ///
  /// Warnings stop nothing, so they need no allowance; one that a pattern matches is marked all the same.
  func applied(to checks: [Check]) -> (checks: [Check], unused: [String]) {
    var used: Set<String> = []
    let checks = checks.map { check in
      guard check.outcome.isProblem else { return check }
      let matching = filter { $0.matches(check) }
      guard let first = matching.first else { return check }
      used.formUnion(matching.map(\.pattern.text))
      var allowed = check
      allowed.outcome = .allowed(reason: first.reason)
      return allowed
    }
    return (checks, map(\.pattern.text).filter { !used.contains($0) })
  }
}
