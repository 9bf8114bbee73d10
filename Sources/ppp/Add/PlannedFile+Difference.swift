import Modules
import Terminal

extension PlannedFile {
  /// From what is there to what would be written.
  var difference: UnifiedDiff { UnifiedDiff(from: oldBytes, "a/\(path)", to: bytes, "b/\(path)") }
}

extension PlannedProject {
  var difference: UnifiedDiff { UnifiedDiff(from: oldBytes, "a/\(path)", to: bytes, "b/\(path)") }
}

extension Prompt {
  /// Shows a difference in front of a question about it.
  func show(_ difference: UnifiedDiff) { show { difference.rendered(for: .terminal(colored: $0)) } }
}
