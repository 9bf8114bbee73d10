import Testing

@testable import Projects

@Suite struct TestCountsTests {
  @Test("are read from pytest's report")
  func report() {
    let report = """
      <?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" \
      failures="2" skipped="3" tests="10" time="0.026" hostname="vm"><testcase name="tests=&quot;" /></testsuite></testsuites>
      """
    let counts = TestCounts(report: report)
    #expect([counts?.passed, counts?.failed, counts?.skipped] == [4, 3, 3])
  }

  @Test(
    "what is no such report has none",
    arguments: [
      "", "<testsuite ", "<testsuite tests=\"1\" failures=\"0\" errors=\"0\">",
      "<testsuite tests=\"x\" failures=\"0\" errors=\"0\" skipped=\"0\">",
      "<testsuites tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">",
    ])
  func noReport(text: String) { #expect(TestCounts(report: text) == nil) }
}
