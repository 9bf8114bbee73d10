import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Asks a person: the question goes to a device, standard error as a rule, the answer is a line of standard input.
///
/// Waiting for an answer ends at once when the task is cancelled.
package struct Prompt: Sendable {
  private let device: Device
  private let input: FileDescriptor

  /// Nil unless there is somebody to ask: both ends are terminals.
  package init?(on device: Device, answers input: FileDescriptor) {
    guard device.isTerminal, isatty(input.rawValue) == 1 else { return nil }
    self.device = device
    self.input = input
  }

  /// Says something in front of a question; whole lines.
  package func say(_ text: String) { device.write(text.printable) }

  /// Shows text that is made for the device, with colours if it has them.
  package func show(_ text: (_ colored: Bool) -> String) { device.write(text(device.isColored)) }

  /// Asks a question that yes and no answer; no is what an empty line and the end of the input say.
  package func confirms(_ question: String) async throws -> Bool {
    let answer = try await answer(to: "\(question) [y/N] ") { text in
      switch text.lowercased() {
      case "y", "yes": true
      case "n", "no", "": false
      default: throw ParseError(expected: "yes or no", text: text, hint: "answer y or n")
      }
    }
    return answer ?? false
  }

  /// Asks until an answer is accepted; what is wrong with one that isn't is told.
  ///
  /// - Parameters:
  ///   - question: Shown in front of the cursor, as it is.
  ///   - accept: Makes the answer of a line, which has no spaces around it.
  /// - Returns: Nil when the input ended.
  /// - Throws: `CancellationError`, or what reading failed with; an answer that is refused is no error.
  package func answer<Answer>(
    to question: String, accept: (String) throws -> Answer
  ) async throws -> Answer? {
    while true {
      device.write(Style.bold.apply(to: question.printable, colored: device.isColored))
      let line: String?
      do {
        line = try await readLine()
      } catch {
        device.write("\n")
        throw error
      }
      guard let line else {
        device.write("\n")
        return nil
      }
      do {
        return try accept(line)
      } catch {
        device.write(render(Diagnostic(error), colored: device.isColored))
      }
    }
  }

  /// Asks for a line that is not shown while it is typed, and taken as it is, spaces included.
  ///
  /// - Returns: Nil when the input ended.
  package func secret(_ question: String) async throws -> String? {
    device.write(Style.bold.apply(to: question.printable, colored: device.isColored))
    var shown = termios()
    guard tcgetattr(input.rawValue, &shown) == 0 else { throw Errno(rawValue: errno) }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(input.rawValue, TCSADRAIN, &hidden)
    defer {
      tcsetattr(input.rawValue, TCSADRAIN, &shown)
      device.write("\n")
    }
    return try await readBytes().map { String(decoding: $0, as: UTF8.self) }
  }

  /// A line without its end and the spaces around it; nil at the end of the input.
  private func readLine() async throws -> String? { try await readBytes().map(trimmed) }

  /// A line without its end; nil at the end of the input.
  private func readBytes() async throws -> [UInt8]? {
    let input = input
    return try await blocking { cancellation in
      var line: [UInt8] = []
      while true {
        try cancellation.check()
        var poll = pollfd(fd: input.rawValue, events: Int16(POLLIN), revents: 0)
        // A signal that is taken care of elsewhere ends the wait early.
        guard Glibc.poll(&poll, 1, 50) > 0 else { continue }
        var byte: UInt8 = 0
        let count = try withUnsafeMutableBytes(of: &byte) { try input.read(into: $0) }
        if count == 0 { return line.isEmpty ? nil : line }
        if byte == 0x0a { return line }
        line.append(byte)
      }
    }
  }
}

/// The text without the white space around it.
private func trimmed(_ bytes: [UInt8]) -> String {
  let text = String(decoding: bytes, as: UTF8.self)
  let start = text.drop { $0.isWhitespace }
  return String(
    start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)])
}
