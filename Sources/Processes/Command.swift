package import SystemPackage

/// A program to run: everything that decides what it does, as a value.
package struct Command: Sendable, Hashable {
  /// What happens when standard output outgrows `outputLimit`.
  package enum Overflow: Sendable, Hashable {
    /// The program is killed and `ProcessError.tooMuchOutput` thrown: for output that is going to be parsed.
    case fail
    /// The first and the last half of the limit are kept, a line between them saying what is missing: for logs.
    case keepEnds
    /// As `keepEnds`, and the program is ended: for programs that may say anything. The result's `isOutgrown` tells.
    case end
  }

  /// The program's file; nothing is looked up in a search path (see `findExecutable`).
  package var executable: FilePath
  package var arguments: [String]
  /// The whole environment: nothing is inherited.
  package var environment: [String: String]
  /// Where the program starts; nil for this process's directory.
  package var workingDirectory: FilePath?
  /// What the program reads from its standard input.
  package var input: [UInt8]
  /// After how long the program and all it started are ended; nil for never.
  package var timeout: Duration?
  /// How many bytes of each output stream are kept in memory at most.
  package var outputLimit: Int
  package var overflow: Overflow
  /// Whether what the program leaves running in its process group is ended when it ends.
  package var leavesNothing: Bool

  package init(
    _ executable: FilePath, _ arguments: [String] = [], environment: [String: String] = [:],
    workingDirectory: FilePath? = nil, input: [UInt8] = [], timeout: Duration? = nil,
    outputLimit: Int = 32 << 20, overflow: Overflow = .fail, leavesNothing: Bool = false
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.input = input
    self.timeout = timeout
    self.outputLimit = outputLimit
    self.overflow = overflow
    self.leavesNothing = leavesNothing
  }

  /// The program's name, as messages write it.
  var name: String { executable.lastComponent?.string ?? executable.string }
}
