import Model

extension ProgressState {
  /// The live lines at this time: one for all downloads, one for each other step, one for the whole.
  ///
  /// At most `rows` of them, to be cut to `width` when drawn; what does not fit is counted.
  func lines(at time: Duration, width: Int, rows: Int) -> [StyledLine] {
    let total = totalLine(at: time)
    let room = max(rows - (total == nil ? 0 : 1), 1)
    var items = running.map { Item($0, at: time) }
    if fetches.isRunning { items.insert(fetchItem(at: time), at: 0) }
    let hidden = items.count > room ? items.count - room + 1 : 0
    items.removeLast(hidden)

    // Verb and bar need about 50 columns; the titles share what is left.
    let titleWidth = min(items.map(\.title.displayWidth).max() ?? 0, max(width - 50, 24))
    var lines = items.map { $0.line(titleWidth: titleWidth, showsBar: width >= 64) }
    if hidden > 0 {
      var more = StyledLine()
      more.append("… and \(hidden) more", .dim)
      lines.append(more)
    }
    return lines + [total].compactMap(\.self)
  }

  private func fetchItem(at time: Duration) -> Item {
    var parts = ["\(fetches.ended) of \(max(fetches.started, goal?.fetches ?? 0))"]
    let total = fetches.total.map { ByteCount(max($0.bytes, goal?.fetchedBytes ?? 0)) }
    parts.append(total.map { fetches.completed.description(of: $0) } ?? fetches.completed.description)
    if let rate = fetches.rate(at: time) { parts.append("\(rate)/s") }
    let fraction = total.flatMap { Item.fraction(fetches.completed.bytes, of: $0.bytes) }
    return Item(
      verb: Step.Verb.fetch.participle, title: parts.joined(separator: " · "), fraction: fraction,
      seconds: nil)
  }

  private func totalLine(at time: Duration) -> StyledLine? {
    guard let goal, goal.cells > 0 else { return nil }
    let done = min(ended.count, goal.cells)
    var line = StyledLine()
    line.append("\(done) of \(goal.cells) cells", .bold)
    if !reused.isEmpty { line.append(" · \(reused.count) reused") }
    if !failed.isEmpty {
      line.append(" · ")
      line.append("\(failed.count) failed", .error)
    }
    line.append(" · " + seconds(Int(time / .seconds(1))), .dim)
    line.append("  ")
    Item.appendBar(Double(done) / Double(goal.cells), to: &line)
    return line
  }
}

/// What one live line says.
private struct Item {
  let verb: String
  let title: String
  /// From 0 to 1; nil when nobody knows.
  let fraction: Double?
  /// Since the start, once that is worth saying.
  let seconds: Int?

  init(verb: String, title: String, fraction: Double?, seconds: Int?) {
    self.verb = verb
    self.title = title
    self.fraction = fraction
    self.seconds = seconds
  }

  init(_ running: ProgressState.Running, at time: Duration) {
    let elapsed = Int((time - running.start) / .seconds(1))
    self.init(
      verb: running.step.verb.participle, title: running.step.title,
      fraction: running.completed.flatMap { Item.fraction($0, of: running.total ?? 0) },
      seconds: elapsed > 0 ? elapsed : nil)
  }

  static func fraction(_ completed: Int64, of total: Int64) -> Double? {
    total > 0 ? min(max(Double(completed) / Double(total), 0), 1) : nil
  }

  func line(titleWidth: Int, showsBar: Bool) -> StyledLine {
    var line = StyledLine()
    line.append(padded(verb, to: 11), .accent)
    line.append(padded(title.truncated(toWidth: titleWidth), to: titleWidth) + " ")
    if let fraction {
      if showsBar {
        line.append(" ")
        Self.appendBar(fraction, to: &line)
      }
      let percent = "\(Int(fraction * 100))"
      line.append(String(repeating: " ", count: 4 - percent.count) + percent + " %")
    }
    if let seconds { line.append("  " + Terminal.seconds(seconds), .dim) }
    return line
  }

  static func appendBar(_ fraction: Double, to line: inout StyledLine) {
    let width = 24
    let done = Int((fraction * Double(width)).rounded(.down))
    line.append(String(repeating: "━", count: done), .success)
    line.append(String(repeating: "─", count: width - done), .dim)
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.displayWidth, 0))
  }
}

/// Whole seconds, so that a line changes once a second.
private func seconds(_ count: Int) -> String {
  count < 60 ? "\(count) s" : ElapsedTime(.seconds(count)).description
}
