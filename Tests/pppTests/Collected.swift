import Synchronization

/// Text that a command has printed so far.
final class Collected: Sendable {
  private let parts = Mutex("")
  private static let count = Atomic(0)

  func append(_ text: String) { parts.withLock { $0 += text } }

  var text: String { parts.withLock { $0 } }

  /// A number that no other call in this process gives.
  static func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
