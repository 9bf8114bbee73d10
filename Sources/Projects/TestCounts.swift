import Model
import SystemPackage

/// How many tests there were, from the report that pytest writes (`--junit-xml`).
package struct TestCounts: Sendable, Hashable, Codable {
  package let passed: Int
  /// Failures of tests, and errors around them.
  package let failed: Int
  package let skipped: Int

  /// The counts of a report; nil for what is no such report.
  init?(report: String) {
    guard let start = report.firstRange(of: "<testsuite ") else { return nil }
    let attributes = report[start.upperBound...].prefix { $0 != ">" }
    guard let tests = Self.number("tests", in: attributes),
      let failures = Self.number("failures", in: attributes),
      let errors = Self.number("errors", in: attributes), let skipped = Self.number("skipped", in: attributes)
    else { return nil }
    failed = failures + errors
    self.skipped = skipped
    // A test that fails and then has an error in its teardown counts once among the tests.
    passed = max(tests - failed - skipped, 0)
  }

  private static func number(_ name: String, in attributes: Substring) -> Int? {
    guard let start = attributes.firstRange(of: " \(name)=\"") ?? attributes.prefixRange(of: "\(name)=\"")
    else { return nil }
    return Int(attributes[start.upperBound...].prefix { $0 != "\"" })
  }
}

extension Substring {
  fileprivate func prefixRange(of text: String) -> Range<Index>? {
    hasPrefix(text) ? startIndex..<index(startIndex, offsetBy: text.count) : nil
  }
}
