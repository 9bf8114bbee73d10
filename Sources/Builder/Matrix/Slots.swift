import Synchronization

/// A number of places for work that needs a processor of its own; who comes when all are taken waits in line.
package final class Slots: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  package init(count: Int) {
    precondition(count > 0, "work needs at least one slot")
    state = Mutex(State(free: count))
  }

  /// Runs `body` in a slot, and gives the slot back however the body ends.
  package func withSlot<Value>(_ body: () async throws -> Value) async throws -> Value {
    await take()
    defer { giveBack() }
    try Task.checkCancellation()
    return try await body()
  }

  private func take() async {
    await withCheckedContinuation { continuation in
      let hasSlot = state.withLock { state in
        guard state.free == 0 else {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if hasSlot { continuation.resume() }
    }
  }

  private func giveBack() {
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
