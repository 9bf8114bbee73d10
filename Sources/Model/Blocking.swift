import Dispatch
import Synchronization

/// Runs a call that blocks its thread (archives, SQLite, locks, compression, big reads) without starving tasks.
///
/// The body gets a thread of its own: on Linux, blocking inside a task or on the global queue delays every
/// other task. When the surrounding task is cancelled the body's `Cancellation` says so; the body decides
/// where it is safe to stop.
package func blocking<Value: Sendable>(
  _ body: @escaping @Sendable (Cancellation) throws -> Value
) async throws -> Value {
  let cancellation = Cancellation()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "ppp.blocking").async {
        continuation.resume(with: Result { try body(cancellation) })
      }
    }
  } onCancel: {
    cancellation.cancel()
  }
}

/// Whether the task that waits for a blocking call has been cancelled.
package final class Cancellation: Sendable {
  private let flag = Atomic(false)

  package init() {}

  package func cancel() { flag.store(true, ordering: .relaxed) }

  /// Throws `CancellationError` once the task was cancelled; call it between entries of long work.
  package func check() throws {
    if flag.load(ordering: .relaxed) { throw CancellationError() }
  }
}
