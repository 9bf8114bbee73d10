import Model
import Synchronization

/// What was reported, for a test to look at.
final class EventLog: Sendable {
  private let events = Mutex<[Event]>([])

  var sink: EventSink { { event in self.events.withLock { $0.append(event) } } }

  /// The messages of the diagnostics so far.
  var messages: [String] {
    events.withLock { $0 }.compactMap {
      if case .diagnosed(let problem) = $0 { problem.message } else { nil }
    }
  }

  /// The subjects of the steps of this kind that were started.
  func started(_ verb: Step.Verb) -> [String] {
    events.withLock { $0 }.compactMap {
      if case .started(let step) = $0, step.verb == verb { step.subject } else { nil }
    }
  }
}
