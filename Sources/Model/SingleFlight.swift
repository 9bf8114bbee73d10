import Synchronization

/// Runs equal work once: whoever asks while it runs waits for its result.
///
/// When the one that runs it is cancelled, the next that waits runs it; any other error is everybody's.
package final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private enum Turn {
    case lead
    case result(Value)
  }

  private typealias Waiter = CheckedContinuation<Turn, any Error>

  private struct Flights {
    var waiters: [Key: [Int: Waiter]] = [:]
    var lastTicket = 0
  }

  private let flights = Mutex(Flights())

  package init() {}

  /// The result of `work` for this key, or of the equal work that is under way.
  ///
  /// - Throws: what the work throws, and `CancellationError` for a task that is cancelled while it waits.
  package func run(_ key: Key, _ work: () async throws -> Value) async throws -> Value {
    switch try await turn(key) {
    case .result(let value): return value
    case .lead:
      do {
        let value = try await work()
        for waiter in land(key) { waiter.resume(returning: .result(value)) }
        return value
      } catch {
        // What work throws once it is cancelled says nothing of the work, whatever error it is.
        if error is CancellationError || Task.isCancelled {
          pass(on: key)
        } else {
          for waiter in land(key) { waiter.resume(throwing: error) }
        }
        throw error
      }
    }
  }

  private func turn(_ key: Key) async throws -> Turn {
    let ticket = flights.withLock {
      $0.lastTicket += 1
      return $0.lastTicket
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (waiter: Waiter) in
        let turn: Result<Turn, any Error>? = flights.withLock {
          guard !Task.isCancelled else { return .failure(CancellationError()) }
          if $0.waiters[key] == nil {
            $0.waiters[key] = [:]
            return .success(.lead)
          }
          $0.waiters[key]?[ticket] = waiter
          return nil
        }
        if let turn { waiter.resume(with: turn) }
      }
    } onCancel: {
      let waiter = flights.withLock { $0.waiters[key]?.removeValue(forKey: ticket) }
      waiter?.resume(throwing: CancellationError())
    }
  }

  private func land(_ key: Key) -> [Waiter] {
    flights.withLock { $0.waiters.removeValue(forKey: key).map { Array($0.values) } ?? [] }
  }

  /// Makes the one that waits longest the leader, or ends the flight when nobody waits.
  private func pass(on key: Key) {
    let next: Waiter? = flights.withLock {
      guard let ticket = $0.waiters[key]?.keys.min() else {
        $0.waiters[key] = nil
        return nil
      }
      return $0.waiters[key]?.removeValue(forKey: ticket)
    }
    next?.resume(returning: .lead)
  }
}
