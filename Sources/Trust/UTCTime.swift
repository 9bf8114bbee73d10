/// A moment for people, as RFC 3339 writes it: `2026-11-21T15:42:49Z`.
package struct UTCTime: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1970.
  package let seconds: Int64

  package init(_ seconds: Int64) { self.seconds = seconds }

  /// Years before 0 or after 9999, which RFC 3339 can't write, are written as their seconds.
  package var description: String {
    guard (-62_167_219_200...253_402_300_799).contains(seconds) else { return "\(seconds) s" }
    let day = Int((Double(seconds) / 86_400).rounded(.down))
    let time = Int(seconds) - day * 86_400
    let (year, month, date) = Self.civil(day)
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))T"
      + "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))Z"
  }

  /// The date of a day counted from 1970-01-01 (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
  private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * ofYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * marchMonth + 2) / 5 + 1)
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
