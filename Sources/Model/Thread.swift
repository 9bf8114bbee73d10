#if canImport(Glibc)
import Glibc
#endif

/// Runs `body` on a thread of its own, which ends with it.
///
/// For loops that live long and wait much. Dispatch queues share a pool of some 250 threads: loops on them would
/// starve what is queued behind, so that nothing moves any more.
package func startThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { context in
      guard let context else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
      return nil
    }, box.toOpaque())
  precondition(status == 0, "the system has no more threads: error \(status)")
  pthread_detach(thread)
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
