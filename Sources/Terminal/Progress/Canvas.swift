import Dispatch

/// What is on the terminal and what is to come there.
struct Canvas {
  var state: ProgressState
  var timer: (any DispatchSourceTimer)?
  var isFinished = false
  /// Said for good, and not yet written.
  var pending = ""
  /// How wide the live lines are that stand above the cursor.
  private var drawn: [Int] = []
  private var problems: Set<String> = []

  init(state: ProgressState) { self.state = state }

  /// Remembers text to be written for good; a problem that was told already is not told again.
  ///
  /// - Returns: Whether there is something to write.
  mutating func say(_ text: String, once: Bool) -> Bool {
    guard !text.isEmpty, !once || problems.insert(text).inserted else { return false }
    pending += text
    return true
  }

  mutating func takePending() -> String {
    defer { pending = "" }
    return pending
  }

  /// What takes the live lines off a terminal of this width, on which longer lines have wrapped.
  mutating func erased(width: Int) -> String {
    defer { drawn = [] }
    let rows = drawn.reduce(0) { $0 + max(1, ($1 + width - 1) / max(width, 1)) }
    return rows == 0 ? "" : "\u{1b}[\(rows)A\r\u{1b}[J"
  }

  /// What brings the terminal from the last frame to one of now; the cursor ends below the last line.
  mutating func frame(at time: Duration, size: (columns: Int, rows: Int), colored: Bool) -> String {
    // The last column stays free: a line that fills it makes some terminals wrap.
    let width = max(size.columns - 1, 1)
    let lines = state.lines(at: time, width: width, rows: max(size.rows - 1, 1))
    let text = CursorGuard.hide + erased(width: size.columns) + takePending()
    drawn = lines.map { min($0.text.displayWidth, width) }
    return text + lines.map { $0.rendered(width: width, colored: colored) + "\n" }.joined()
  }
}
