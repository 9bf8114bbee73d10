import Synchronization

/// A number that many tasks may raise.
final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func increase() { count.add(1, ordering: .sequentiallyConsistent) }
}
