import Dispatch
package import Model
import Synchronization

/// Shows what is going on: live lines on a terminal, else a plain line for each step that was done.
///
/// Warnings and errors are shown in every presentation. Live lines are drawn at most ten times a second, and
/// what is said for good stands above them. `finish` takes the lines away and gives the cursor back; the
/// cursor comes back too when a signal ends the process that nothing else handles.
package final class ProgressDisplay: Sendable {
  private let presentation: ProgressMode.Presentation
  private let device: Device
  private let plain: PlainText
  private let now: @Sendable () -> Duration
  private let queue = DispatchQueue(label: "ppp.progress")
  private let canvas: Mutex<Canvas>

  /// A display that starts now, where `now` is the time since the start.
  package init(
    _ presentation: ProgressMode.Presentation, on device: Device, goal: ProgressGoal? = nil,
    now: @escaping @Sendable () -> Duration = ProgressDisplay.stopwatch()
  ) {
    self.presentation = presentation
    self.device = device
    self.now = now
    plain = PlainText(showsSteps: presentation == .plain, isColored: device.isColored)
    canvas = Mutex(Canvas(state: ProgressState(goal: goal)))
    if presentation == .live { startDrawing() }
  }

  deinit { canvas.withLock { $0.timer?.cancel() } }

  /// Takes events, from any task.
  package var sink: EventSink { { [self] event in take(event) } }

  /// Says how much there is to do, once that is known.
  package func setGoal(_ goal: ProgressGoal) { canvas.withLock { $0.state.goal = goal } }

  /// Says something for good, above the live lines.
  ///
  /// - Parameter text: Whole lines.
  package func say(_ text: String) {
    canvas.withLock { $0.pending += text }
    if presentation != .live { queue.async { [self] in flush() } }
  }

  /// Takes the live lines away, writes what is left to say and shows the cursor; events are ignored from here on.
  package func finish() {
    queue.sync {
      let text = canvas.withLock { canvas in
        canvas.timer?.cancel()
        canvas.timer = nil
        canvas.isFinished = true
        let cursor = presentation == .live ? CursorGuard.show : ""
        return canvas.erased(width: device.size.columns) + canvas.takePending() + cursor
      }
      device.write(text)
    }
  }

  /// The time since this call, on a clock that goes on while the machine sleeps.
  package static func stopwatch() -> @Sendable () -> Duration {
    let clock = ContinuousClock()
    let start = clock.now
    return { clock.now - start }
  }

  /// Takes in an event; a failure of cancelled work is not told, for being cancelled is why it failed.
  private func take(_ event: Event) {
    let text = event.isProblem && Task.isCancelled ? "" : plain.text(for: event)
    let time = now()
    let isSaid = canvas.withLock { canvas in
      guard !canvas.isFinished else { return false }
      canvas.state.apply(event, at: time)
      return canvas.say(text, once: event.isProblem)
    }
    if isSaid, presentation != .live { queue.async { [self] in flush() } }
  }

  private func flush() { device.write(canvas.withLock { $0.takePending() }) }

  private func startDrawing() {
    CursorGuard.install()
    canvas.withLock { canvas in
      let timer = DispatchSource.makeTimerSource(queue: queue)
      timer.schedule(deadline: .now() + .milliseconds(100), repeating: .milliseconds(100))
      timer.setEventHandler { [weak self] in self?.draw() }
      timer.activate()
      canvas.timer = timer
    }
  }

  private func draw() {
    let size = device.size
    let time = now()
    let text = canvas.withLock { canvas in
      canvas.isFinished ? "" : canvas.frame(at: time, size: size, colored: device.isColored)
    }
    device.write(text)
  }
}

extension Event {
  /// Whether it tells of a problem, which many cells can have in common.
  fileprivate var isProblem: Bool {
    switch self {
    case .diagnosed, .finished(_, .failed): true
    case .started, .progressed, .finished: false
    }
  }
}
