import Model
import Synchronization

/// A value that is made once, when it is first asked for; a failure is not kept.
final class Memo<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let flight = SingleFlight<Int, Value>()

  func value(_ make: () async throws -> Value) async throws -> Value {
    if let value = made.withLock({ $0 }) { return value }
    return try await flight.run(0) {
      if let value = made.withLock({ $0 }) { return value }
      let value = try await make()
      made.withLock { $0 = value }
      return value
    }
  }
}
