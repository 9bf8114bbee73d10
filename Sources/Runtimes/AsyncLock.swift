import Synchronization

/// Lets one task at a time through, in the order in which they came, without blocking a thread.
final class AsyncLock: Sendable {
  private struct State {
    var isHeld = false
    var waiters: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    var lastTicket = 0
  }

  private let state = Mutex(State())

  /// - Throws: what the body throws, and `CancellationError` for a task that is cancelled while it waits.
  func withLock<Value>(_ body: () async throws -> Value) async throws -> Value {
    try await acquire()
    defer { release() }
    return try await body()
  }

  private func acquire() async throws {
    let ticket = state.withLock {
      $0.lastTicket += 1
      return $0.lastTicket
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let outcome: Result<Void, any Error>? = state.withLock {
          if Task.isCancelled { return .failure(CancellationError()) }
          guard $0.isHeld else {
            $0.isHeld = true
            return .success(())
          }
          $0.waiters.append((ticket, continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0).continuation }
      }
      waiter?.resume(throwing: CancellationError())
    }
  }

  private func release() {
    let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard !state.waiters.isEmpty else {
        state.isHeld = false
        return nil
      }
      return state.waiters.removeFirst().continuation
    }
    next?.resume()
  }
}
