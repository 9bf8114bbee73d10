import Model
import Synchronization
import Testing

@Suite("Slots") struct SlotsTests {
  @Test("never more than so many work at once, and all get their turn")
  func limit() async throws {
    let slots = Slots(count: 3)
    let state = Mutex((now: 0, most: 0, done: 0))
    _ = try await (0..<50).concurrentMap(width: 50) { _ in
      try await slots.withSlot {
        state.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        for _ in 0..<10 { await Task.yield() }
        state.withLock {
          $0.now -= 1
          $0.done += 1
        }
      }
    }
    #expect(state.withLock { $0.most } == 3)
    #expect(state.withLock { $0.done } == 50)
  }

  @Test("one that is cancelled while it waits leaves at once and takes no slot with it")
  func cancelled() async throws {
    let slots = Slots(count: 1)
    let (gate, open) = AsyncStream<Void>.makeStream()
    let (started, start) = AsyncStream<Void>.makeStream()
    async let holder: Void = slots.withSlot {
      start.finish()
      for await _ in gate {}
    }
    for await _ in started {}
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<5 {
        group.addTask { await #expect(throws: CancellationError.self) { try await slots.withSlot {} } }
      }
      group.cancelAll()
    }
    open.finish()
    try await holder
    let answer = try await slots.withSlot { "free" }
    #expect(answer == "free")
  }

  @Test("a body that throws gives its slot back")
  func throwing() async throws {
    let slots = Slots(count: 1)
    await #expect(throws: CancellationError.self) { try await slots.withSlot { throw CancellationError() } }
    let answer = try await slots.withSlot { "free" }
    #expect(answer == "free")
  }
}
