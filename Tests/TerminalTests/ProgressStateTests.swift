import Model
import Testing

@testable import Terminal

@Suite struct ProgressStateTests {
  private let bundle = Step(.bundle, "python-3.13.5@linux-x64")
  private let verify = Step(.verify, "python-3.13.5@windows-x64", detail: "import numpy")

  @Test func `each running step has a line, in the order of their starts`() {
    let lines = lines(.started(verify), .started(bundle))
    #expect(lines.map { $0.split(separator: " ").first } == ["verifying", "bundling"])
    #expect(lines[0].contains("python-3.13.5@windows-x64  import numpy"))
  }

  @Test func `a finished step has no line`() {
    #expect(lines(.started(bundle), .finished(bundle, .done(nil))).isEmpty)
  }

  @Test func `a step of known size has a bar and a percentage`() {
    let line = lines(.started(bundle), .progressed(bundle, completed: 1, total: 4))[0]
    #expect(line.hasSuffix("━━━━━━──────────────────  25 %"))
  }

  @Test func `a step that says more than all of it is at 100 percent`() {
    #expect(lines(.started(bundle), .progressed(bundle, completed: 9, total: 4))[0].hasSuffix(" 100 %"))
  }

  @Test func `all downloads share one line`() {
    let (a, b, c) = (Step(.fetch, "a.whl"), Step(.fetch, "b.whl"), Step(.fetch, "c.whl"))
    let lines = lines(
      .started(a), .started(b), .started(c), .progressed(a, completed: 5_000_000, total: 10_000_000),
      .progressed(b, completed: 1_000_000, total: 2_000_000),
      .progressed(c, completed: 500_000, total: 1_000_000), .finished(c, .done("1.0 MB")))
    #expect(lines.count == 1)
    #expect(lines[0].contains("1 of 3 · 7.0 of 13.0 MB"))
  }

  @Test func `of downloads of unknown size only what arrived is said`() {
    let step = Step(.fetch, "a.whl")
    let line = lines(.started(step), .progressed(step, completed: 5_000, total: nil))[0]
    #expect(line.contains("0 of 1 · 5.0 kB") && !line.contains("%"))
  }

  @Test func `downloads that the plan knows of are counted before they start`() {
    let goal = ProgressGoal(cells: 1, by: .record, fetches: 57, fetchedBytes: 230_100_000)
    let step = Step(.fetch, "a.whl")
    let line = lines(
      goal: goal, .started(step), .progressed(step, completed: 84_200_000, total: 90_000_000))[0]
    #expect(line.contains("0 of 57 · 84.2 of 230.1 MB"))
  }

  @Test func `the rate is that of the last seconds`() {
    var state = ProgressState()
    let step = Step(.fetch, "a.whl")
    state.apply(.started(step), at: .zero)
    for second in 1...10 {
      let bytes = Int64(second) * (second > 5 ? 4_000_000 : 1_000_000)
      state.apply(.progressed(step, completed: bytes, total: 90_000_000), at: .seconds(second))
    }
    #expect(state.fetches.rate(at: .seconds(10)) == ByteCount(4_000_000))
  }

  @Test func `the last line counts cells that are done, reused and failed`() {
    let failure = Diagnostic(.error, "no")
    let record = { (cell: String) in Step(.record, cell) }
    let lines = lines(
      goal: ProgressGoal(cells: 8, by: .record), .finished(record("a@linux-x64"), .done(nil)),
      .finished(record("b@linux-x64"), .reused(nil)), .finished(bundle, .failed(failure)),
      .finished(Step(.layer, "c@linux-x64"), .done(nil)),
      .finished(Step(.fetch, "numpy.whl"), .failed(failure)))
    #expect(lines.last?.hasPrefix("3 of 8 cells · 1 reused · 1 failed · 2 s") == true)
  }

  @Test func `what does not fit on the screen is counted`() {
    let steps = (0..<20).map { Event.started(Step(.bundle, "a\($0)@linux-x64")) }
    var state = ProgressState(goal: ProgressGoal(cells: 20, by: .record))
    for event in steps { state.apply(event, at: .zero) }
    let lines = state.lines(at: .zero, width: 100, rows: 6).map(\.text)
    #expect(lines.count == 6)
    #expect(lines[4] == "… and 16 more")
  }

  @Test(arguments: [1, 20, 63, 64, 200])
  func `drawn lines are never wider than the terminal`(width: Int) {
    var state = ProgressState(goal: ProgressGoal(cells: 20, by: .record))
    let step = Step(.bundle, "python-3.13.5-数据科学的环境@macosx-aarch64", detail: "a very long name of a wheel")
    state.apply(.started(step), at: .zero)
    state.apply(.progressed(step, completed: 1, total: 3), at: .zero)
    for line in state.lines(at: .seconds(4_000), width: width, rows: 5) {
      #expect(line.rendered(width: width, colored: false).displayWidth <= width)
    }
  }

  private func lines(goal: ProgressGoal? = nil, _ events: Event...) -> [String] {
    var state = ProgressState(goal: goal)
    for event in events { state.apply(event, at: .seconds(2)) }
    return state.lines(at: .seconds(2), width: 120, rows: 20).map(\.text)
  }
}
