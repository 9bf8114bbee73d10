import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Runs `body` in a task that SIGINT and SIGTERM cancel; a second signal ends the process at once.
///
/// Temporary files go with their scopes as the cancellation unwinds, so a first signal loses nothing.
func withInterruption(_ body: @escaping @Sendable () async -> ExitStatus) async -> ExitStatus {
  let work = Task { await body() }
  let signals = SignalCount()
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "ppp.signals"))
    source.setEventHandler {
      if signals.countOne() > 1 { _exit(ExitStatus.interrupted.rawValue) }
      work.cancel()
    }
    source.resume()
    return source
  }
  let status = await work.value
  for source in sources { source.cancel() }
  return signals.count > 0 ? .interrupted : status
}

private final class SignalCount: Sendable {
  private let received = Atomic(0)

  var count: Int { received.load(ordering: .relaxed) }

  func countOne() -> Int { received.add(1, ordering: .relaxed).newValue }
}
