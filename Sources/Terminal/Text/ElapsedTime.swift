/// A duration as people read it: `38 ms`, `1.4 s`, `2 min 3 s`, `1 h 5 min`.
package struct ElapsedTime: Hashable, Sendable, CustomStringConvertible {
  package let duration: Duration

  package init(_ duration: Duration) { self.duration = duration }

  package var description: String {
    let milliseconds = duration / .milliseconds(1)
    if milliseconds < 999.5 { return "\(Int(milliseconds.rounded())) ms" }
    let tenths = Int((milliseconds / 100).rounded())
    if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
    let seconds = Int((milliseconds / 1_000).rounded())
    if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
  }
}
