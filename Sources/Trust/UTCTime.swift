import FoundationEssentials

/// A moment for people, as RFC 3339 writes it: `2026-11-21T15:42:49Z`.
package struct UTCTime: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let seconds: Int64

  package init(_ seconds: Int64) { self.seconds = seconds }

  /// Times before 1970, and after 9999, which RFC 3339 can't write, are written as their seconds.
  package var description: String {
    guard (0...253_402_300_799).contains(seconds) else { return "\(seconds) s" }
    return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
