import Terminal
import Testing

@Suite struct ElapsedTimeTests {
  @Test(
    arguments: [
      (.zero, "0 ms"), (.milliseconds(38), "38 ms"), (.milliseconds(999), "999 ms"),
      (.microseconds(999_900), "1.0 s"), (.milliseconds(1_449), "1.4 s"), (.milliseconds(59_949), "59.9 s"),
      (.milliseconds(59_950), "1 min 0 s"), (.seconds(123), "2 min 3 s"),
      (.milliseconds(3_599_600), "1 h 0 min"),
      (.seconds(3_900), "1 h 5 min"), (.seconds(360_000), "100 h 0 min"),
    ] as [(Duration, String)])
  func `a duration has the units that fit`(duration: Duration, text: String) {
    #expect(ElapsedTime(duration).description == text)
  }
}
