import Model
import Synchronization
import Testing

@Suite("Working at once")
struct ConcurrencyTests {
  @Test("results keep the elements' order and no more than the width run at once")
  func order() async throws {
    let running = Mutex((now: 0, most: 0))
    let results = try await Array(0..<40).concurrentMap(width: 3) { number in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      for _ in 0..<(40 - number) { await Task.yield() }
      running.withLock { $0.now -= 1 }
      return number * 2
    }
    #expect(results == (0..<40).map { $0 * 2 })
    #expect(running.withLock { $0.most } <= 3)
    #expect(running.withLock { $0.now } == 0)
  }

  @Test("the first error cancels what still runs and is thrown")
  func failure() async {
    struct Failure: Error {}
    let started = Atomic(0)
    await #expect(throws: Failure.self) {
      _ = try await Array(0..<100).concurrentMap(width: 2) { number in
        started.add(1, ordering: .relaxed)
        if number == 1 { throw Failure() }
        // Ends by cancellation only.
        while true {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
    }
    #expect(started.load(ordering: .relaxed) <= 3)
  }

  @Test("an empty sequence has no results")
  func empty() async throws {
    #expect(try await [Int]().concurrentMap(width: 1) { $0 }.isEmpty)
  }

  @Test("a blocking call returns its value and passes its error on")
  func blockingCall() async throws {
    #expect(try await blocking { _ in 7 } == 7)
    await #expect(throws: ParseError.self) {
      try await blocking { _ in throw ParseError(expected: "x", text: "y") }
    }
  }

  @Test("cancelling the task tells the blocking call")
  func blockingCancellation() async {
    let start = Flag()
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do {
          try await blocking { cancellation in
            start.flag.store(true, ordering: .relaxed)
            while true { try cancellation.check() }
          }
          return false
        } catch {
          return error is CancellationError
        }
      }
      while !start.flag.load(ordering: .relaxed) { await Task.yield() }
      group.cancelAll()
      for await wasCancelled in group { #expect(wasCancelled) }
    }
  }
}

private final class Flag: Sendable {
  let flag = Atomic(false)
}
