import Synchronization

/// A number of places for work of which only so much is done at once; who comes when all are taken waits in line,
/// without blocking a thread.
package final class Slots: Sendable {
  private typealias Waiter = CheckedContinuation<Void, any Error>

  private struct State {
    var free: Int
    var waiting: [(ticket: Int, waiter: Waiter)] = []
    var lastTicket = 0
  }

  private let state: Mutex<State>

  package init(count: Int) {
    precondition(count > 0, "work needs at least one slot")
    state = Mutex(State(free: count))
  }

  /// Runs `body` in a slot, and gives the slot back however the body ends.
  ///
  /// - Throws: what the body throws, and `CancellationError` for a task that is cancelled before it has a slot.
  package func withSlot<Value>(_ body: () async throws -> Value) async throws -> Value {
    try await take()
    defer { giveBack() }
    return try await body()
  }

  /// Runs `body` in a slot and in as many more as are free just then and nobody waits for, at most so many in all;
  /// the body is told how many it has.
  package func withSlots<Value>(atMost most: Int, _ body: (Int) async throws -> Value) async throws -> Value {
    try await take()
    let more = state.withLock { state in
      guard state.waiting.isEmpty else { return 0 }
      let more = min(state.free, max(most, 1) - 1)
      state.free -= more
      return more
    }
    defer { for _ in 0...more { giveBack() } }
    return try await body(1 + more)
  }

  private func take() async throws {
    let ticket = state.withLock {
      $0.lastTicket += 1
      return $0.lastTicket
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (waiter: Waiter) in
        let outcome: Result<Void, any Error>? = state.withLock {
          if Task.isCancelled { return .failure(CancellationError()) }
          guard $0.free == 0 else {
            $0.free -= 1
            return .success(())
          }
          $0.waiting.append((ticket, waiter))
          return nil
        }
        if let outcome { waiter.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).waiter }
      }
      waiter?.resume(throwing: CancellationError())
    }
  }

  private func giveBack() {
    let next: Waiter? = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst().waiter
    }
    next?.resume()
  }
}
