import Model
import Synchronization

/// Tells how far a transfer has come, about ten times a second.
final class ProgressReport: Sendable {
  private static let interval = Duration.milliseconds(100)
  private let step: Step
  private let events: EventSink
  private let next = Mutex(ContinuousClock.now)

  init(_ step: Step, to events: @escaping EventSink) {
    self.step = step
    self.events = events
  }

  func report(_ completed: Int64, of total: Int64?) {
    let now = ContinuousClock.now
    let isDue = next.withLock { next in
      guard now >= next || completed == total else { return false }
      next = now + Self.interval
      return true
    }
    if isDue { events(.progressed(step, completed: completed, total: total)) }
  }
}
