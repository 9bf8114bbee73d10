import FoundationEssentials

/// A day of the Gregorian calendar, as configurations write it: `2026-12-31`.
package struct CalendarDay: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// The day in UTC of a time, in seconds since 1970; before 1970 its first day, after 9999 its last.
  package init(secondsSince1970 seconds: Int64) {
    let limited = min(max(seconds, 0), 253_402_300_799)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(limited)))
    (year, month, day) = (parts.year ?? 0, parts.month ?? 1, parts.day ?? 1)
  }

  private static func length(ofMonth month: Int, in year: Int) -> Int {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: isLeapYear ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDay: CustomStringConvertible {
  /// Reads `YYYY-MM-DD` (ISO 8601); a day that its month doesn't have is refused.
  package init(parsing text: String) throws(ParseError) {
    let hint = "write year, month and day, as in 2026-12-31"
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
      (1...Self.length(ofMonth: month, in: year)).contains(day)
    else { throw ParseError(expected: "day", text: text, hint: hint) }
    self.year = year
    self.month = month
    self.day = day
  }

  package var description: String {
    "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))-\(Self.padded(day, to: 2))"
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension CalendarDay: Comparable {
  package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDay: TextCodable {}
