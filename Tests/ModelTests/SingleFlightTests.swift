import Model
import Synchronization
import Testing

private struct Refused: Error, Equatable {}

@Suite("SingleFlight")
struct SingleFlightTests {
  @Test("work is done once for all who ask while it runs, and again for those who ask later")
  func sharesWork() async throws {
    let flights = SingleFlight<String, Int>()
    let count = Mutex(0)
    let values = try await (0..<50).concurrentMap(width: 50) { _ in
      try await flights.run("key") {
        try await Task.sleep(for: .milliseconds(200))
        return count.withLock {
          $0 += 1
          return $0
        }
      }
    }
    #expect(values == Array(repeating: 1, count: 50))
    let later = try await flights.run("key") { 7 }
    #expect(later == 7)
  }

  @Test("an error reaches all who wait")
  func sharesErrors() async throws {
    let flights = SingleFlight<String, Int>()
    let count = Mutex(0)
    let errors = try await (0..<10).concurrentMap(width: 10) { _ in
      do {
        _ = try await flights.run("key") {
          count.withLock { $0 += 1 }
          try await Task.sleep(for: .milliseconds(200))
          throw Refused()
        }
        return Refused?.none
      } catch let error as Refused {
        return error
      }
    }
    #expect(errors == Array(repeating: Refused(), count: 10))
    #expect(count.withLock { $0 } == 1)
  }

  @Test("one that waits and is cancelled leaves at once, the others go on")
  func letsWaitersLeave() async throws {
    let flights = SingleFlight<String, Int>()
    let (gate, open) = AsyncStream<Void>.makeStream()
    let (started, start) = AsyncStream<Void>.makeStream()
    async let leader = flights.run("key") {
      start.finish()
      for await _ in gate {}
      return 1
    }
    for await _ in started {}
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await #expect(throws: CancellationError.self) { try await flights.run("key") { 2 } } }
      group.cancelAll()
    }
    open.finish()
    let value = try await leader
    #expect(value == 1)
  }

  @Test(
    "when the one that works is cancelled, one that waits works instead, whatever error the work ended with",
    arguments: [CancellationError(), Refused()] as [any Error])
  func passesOn(error: any Error) async throws {
    let flights = SingleFlight<String, Int>()
    let (started, start) = AsyncStream<Void>.makeStream()
    let value = try await withThrowingTaskGroup(of: Int.self) { group in
      await withTaskGroup(of: Void.self) { leader in
        leader.addTask {
          _ = try? await flights.run("key") {
            start.finish()
            do { try await Task.sleep(for: .seconds(60)) } catch is CancellationError { throw error }
            return 1
          }
        }
        for await _ in started {}
        group.addTask { try await flights.run("key") { 2 } }
        leader.cancelAll()
      }
      return try await group.next()
    }
    #expect(value == 2)
  }
}
