package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Where progress and diagnostics go, standard error as a rule, and what it can do.
package struct Device: Sendable {
  package let file: FileDescriptor
  /// Whether it is a terminal of any kind.
  package let isTerminal: Bool
  /// Whether it is a terminal on which the cursor can be moved.
  package let isInteractive: Bool
  /// Whether it shows colours: a terminal, and NO_COLOR is not set (<https://no-color.org>).
  package let isColored: Bool

  /// What the file is, in this environment: a terminal called `dumb` can do nothing.
  package init(_ file: FileDescriptor, environment: [String: String]) {
    self.file = file
    let kind = environment["TERM"] ?? ""
    isTerminal = isatty(file.rawValue) == 1
    isInteractive = isTerminal && kind != "dumb" && !kind.isEmpty
    isColored = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns and rows of the terminal now; 80 and 24 where it does not say.
  package var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(file.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Writes all of the text.
  package func write(_ text: String) {
    guard !text.isEmpty else { return }
    // Nobody can be told that standard error is gone, and the work goes on without it.
    _ = try? file.writeAll(text.utf8)
  }
}
