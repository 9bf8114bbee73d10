/// How a program ended and what it wrote.
package struct ProcessResult: Sendable, Hashable {
  package enum Status: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
  }

  package let status: Status
  package let output: [UInt8]
  /// Standard error; past the limit its first and last half.
  package let errorOutput: [UInt8]
  /// Whether the program was ended because its time was up.
  package let timedOut: Bool
  /// Whether the program was ended because it wrote too much (`Command.Overflow.end`).
  package let isOutgrown: Bool

  package init(
    status: Status, output: [UInt8], errorOutput: [UInt8], timedOut: Bool, isOutgrown: Bool = false
  ) {
    self.status = status
    self.output = output
    self.errorOutput = errorOutput
    self.timedOut = timedOut
    self.isOutgrown = isOutgrown
  }

  /// Whether it ended by itself, with status 0.
  package var succeeded: Bool { status == .exited(0) && !timedOut && !isOutgrown }

  /// Standard output as text; bytes that are not UTF-8 become U+FFFD.
  package var text: String { String(decoding: output, as: UTF8.self) }

  package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }

  /// The last lines of standard error, or of standard output when that is empty: what a message quotes.
  package func tail(lines: Int = 12) -> String {
    let text = errorOutput.isEmpty ? text : errorText
    return text.split(whereSeparator: \.isNewline).suffix(lines).joined(separator: "\n")
  }
}
