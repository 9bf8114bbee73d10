import Model
import Testing

@Suite("Calendar days")
struct CalendarDayTests {
  @Test(
    "a day is read and written the same",
    arguments: ["2026-12-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func roundTrip(text: String) throws {
    #expect(try CalendarDay(parsing: text).description == text)
  }

  @Test(
    "what is no day of the calendar is refused",
    arguments: [
      "", "2026-13-01", "2026-00-10", "2026-02-30", "1900-02-29", "2026-04-31", "26-01-01", "2026-1-01",
      "2026-01-01T00:00:00Z", "2026/01/01", "+026-01-01", "２０２６-01-01", "2026-01-00",
    ])
  func refused(text: String) {
    #expect(throws: ParseError.self) { try CalendarDay(parsing: text) }
  }

  @Test(
    "a time's day is the day in UTC",
    arguments: [
      (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1970-01-01"),
      (951_782_400, "2000-02-29"), (951_868_800, "2000-03-01"), (1_798_761_599, "2026-12-31"),
      (253_402_300_799, "9999-12-31"), (Int64.max, "9999-12-31"), (Int64.min, "1970-01-01"),
    ] as [(Int64, String)])
  func days(seconds: Int64, day: String) {
    #expect(CalendarDay(secondsSince1970: seconds).description == day)
  }

  @Test("days are ordered as they follow each other")
  func order() throws {
    let days = try ["2025-12-31", "2026-01-01", "2026-01-02", "2026-02-01"].map(CalendarDay.init(parsing:))
    #expect(days == days.shuffled().sorted())
  }
}
