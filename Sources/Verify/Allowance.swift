#if canImport(Glibc)
import Glibc
#endif

/// A failure that is known and accepted: what it concerns, and why that is no fault of the environment.
package struct Allowance: Hashable, Sendable {
  /// The name of an import, the path of a file in the environment, or the name of a library that is missing;
  /// `*`, `?` and `[…]` stand for other characters, as in fnmatch(3), `*` for slashes too.
  package let pattern: String
  /// For people; shown wherever the failure would have been.
  package let reason: String

  package init(pattern: String, reason: String) {
    self.pattern = pattern
    self.reason = reason
  }

  func matches(_ check: Check) -> Bool {
    ([check.subject] + check.details).contains { fnmatch(pattern, $0, 0) == 0 }
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
      used.formUnion(matching.map(\.pattern))
      var allowed = check
      allowed.outcome = .allowed(reason: first.reason)
      return allowed
    }
    return (checks, map(\.pattern).filter { !used.contains($0) })
  }
}
