import Synchronization

/// Runs equal work that is asked for several times at once only once.
///
/// The first caller works and the others wait for its result or error. When the one that works is cancelled, one
/// of the others starts over; a caller that is cancelled while it waits just leaves.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private typealias Waiter = CheckedContinuation<Value?, any Error>
  private struct State {
    var flights: [Key: [Int: Waiter]] = [:]
    var cancelled: Set<Int> = []
    var next = 0
  }

  private let state = Mutex(State())

  func run(_ key: Key, _ work: () async throws -> Value) async throws -> Value {
    while true {
      if !takeOff(key) {
        if let value = try await wait(for: key) { return value }
        continue
      }
      do {
        let value = try await work()
        land(key, .success(value))
        return value
      } catch is CancellationError {
        land(key, .success(nil))
        throw CancellationError()
      } catch {
        land(key, .failure(error))
        throw error
      }
    }
  }

  /// Whether the caller is the first, who does the work.
  private func takeOff(_ key: Key) -> Bool {
    state.withLock { state in
      guard state.flights[key] == nil else { return false }
      state.flights[key] = [:]
      return true
    }
  }

  private func land(_ key: Key, _ result: Result<Value?, any Error>) {
    let waiters = state.withLock { $0.flights.removeValue(forKey: key) }
    for waiter in waiters?.values.map({ $0 }) ?? [] { waiter.resume(with: result) }
  }

  /// The result of the work under way; nil when there is none (any more) and the caller should look again.
  private func wait(for key: Key) async throws -> Value? {
    let ticket = state.withLock { state in
      state.next += 1
      return state.next
    }
    defer { state.withLock { _ = $0.cancelled.remove(ticket) } }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (waiter: Waiter) in
        let answer: Result<Value?, any Error>? = state.withLock { state in
          if state.cancelled.contains(ticket) { return .failure(CancellationError()) }
          guard state.flights[key] != nil else { return .success(nil) }
          state.flights[key]?[ticket] = waiter
          return nil
        }
        if let answer { waiter.resume(with: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.cancelled.insert(ticket)
        return state.flights[key]?.removeValue(forKey: ticket)
      }
      waiter?.resume(throwing: CancellationError())
    }
  }
}
