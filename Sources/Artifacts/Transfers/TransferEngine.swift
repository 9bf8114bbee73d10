import CCurl
import Model
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// HTTP exchanges through libcurl, any number at once, on one thread of its own.
///
/// The thread alone touches libcurl's handles (the multi interface is not thread safe); tasks reach it through an
/// inbox and `curl_multi_wakeup`. It ends with the engine.
final class TransferEngine: Sendable {
  private let loop: TransferLoop

  init(settings: TransferSettings) {
    loop = TransferLoop(settings: settings)
    let loop = loop
    startThread { loop.run() }
  }

  deinit { loop.stop() }

  /// Makes one exchange; redirects are answers here, not followed.
  ///
  /// - Throws: `TransferFailure`, what the sink threw, or `CancellationError` when the task was cancelled.
  func perform(_ request: TransferRequest, into sink: (any BodySink)? = nil) async throws -> TransferResult {
    let transfer = Transfer(request, into: sink, engine: self)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        transfer.continuation = continuation
        loop.submit(transfer)
      }
    } onCancel: {
      loop.cancel(transfer)
    }
  }
}

/// The thread of a `TransferEngine`, and the way to it.
private final class TransferLoop: Sendable {
  private struct Inbox {
    var submitted: [Transfer] = []
    var cancelled: [Transfer] = []
    var isStopped = false
  }

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private let settings: TransferSettings
  private let inbox = Mutex(Inbox())
  // The loop's thread uses it; others only call curl_multi_wakeup, which libcurl allows from any thread.
  nonisolated(unsafe) private let multi: UnsafeMutableRawPointer
  // These two belong to the loop's thread.
  nonisolated(unsafe) private var waiting: [Transfer] = []
  nonisolated(unsafe) private var active: [UnsafeMutableRawPointer: Transfer] = [:]

  init(settings: TransferSettings) {
    precondition(Self.isLibraryReady, "libcurl does not start")
    guard let multi = curl_multi_init() else {
      preconditionFailure("libcurl has no memory for a multi handle")
    }
    self.multi = multi
    self.settings = settings
    ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, settings.connections)
  }

  deinit { curl_multi_cleanup(multi) }

  func submit(_ transfer: Transfer) {
    inbox.withLock { $0.submitted.append(transfer) }
    curl_multi_wakeup(multi)
  }

  func cancel(_ transfer: Transfer) {
    transfer.isCancelled.store(true, ordering: .relaxed)
    inbox.withLock { $0.cancelled.append(transfer) }
    curl_multi_wakeup(multi)
  }

  func stop() {
    inbox.withLock { $0.isStopped = true }
    curl_multi_wakeup(multi)
  }

  func run() {
    blockBrokenPipeSignal()
    while takeIn() {
      startWaiting()
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      let hasEnded = finishEnded() || endStalled()
      if hasEnded, !waiting.isEmpty { continue }
      let pause = max(10, min(1000, settings.stallTimeout.milliseconds / 4))
      curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : Int32(pause), nil)
    }
  }

  /// libcurl's own limit on slowness looks at an average over several seconds; this one at the last byte.
  private func endStalled() -> Bool {
    let now = ContinuousClock.now
    let stalled = active.values.filter { $0.isStalled(for: settings.stallTimeout, at: now) }
    for transfer in stalled {
      if let easy = transfer.easy { remove(easy) }
      transfer.finish(CURLE_OPERATION_TIMEDOUT)
    }
    return !stalled.isEmpty
  }

  /// Takes what came into the inbox; false when the engine is gone, which it isn't while a transfer runs.
  private func takeIn() -> Bool {
    let mail = inbox.withLock { inbox in
      defer { inbox = Inbox(isStopped: inbox.isStopped) }
      return inbox
    }
    waiting += mail.submitted
    for transfer in mail.cancelled {
      if let easy = transfer.easy {
        remove(easy)
      } else if let index = waiting.firstIndex(where: { $0 === transfer }) {
        waiting.remove(at: index)
      } else {
        // It has ended, or it is still to come and will be seen to be cancelled then.
        continue
      }
      transfer.resume(with: .failure(CancellationError()))
    }
    return !mail.isStopped
  }

  private func startWaiting() {
    while active.count < settings.connections, !waiting.isEmpty {
      let transfer = waiting.removeFirst()
      guard !transfer.isCancelled.load(ordering: .relaxed) else {
        transfer.resume(with: .failure(CancellationError()))
        continue
      }
      let easy: EasyHandle
      do {
        easy = try EasyHandle(for: transfer, settings: settings)
      } catch {
        transfer.resume(with: .failure(error))
        continue
      }
      transfer.easy = easy
      active[easy.pointer] = transfer
      curl_multi_add_handle(multi, easy.pointer)
    }
  }

  private func finishEnded() -> Bool {
    var hasEnded = false
    var code = CURLE_OK
    while let pointer = ccurl_next_ended(multi, &code) {
      hasEnded = true
      guard let transfer = active[pointer], let easy = transfer.easy else { continue }
      remove(easy)
      transfer.finish(code)
    }
    return hasEnded
  }

  private func remove(_ easy: EasyHandle) {
    curl_multi_remove_handle(multi, easy.pointer)
    active[easy.pointer] = nil
  }

  /// With CURLOPT_NOSIGNAL libcurl leaves SIGPIPE to us; blocking it in the one thread that writes to sockets
  /// leaves the process as it is.
  private func blockBrokenPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
