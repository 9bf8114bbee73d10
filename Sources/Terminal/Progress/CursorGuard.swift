#if canImport(Glibc)
import Glibc
#endif

/// Sequences that hide and show the cursor (DECTCEM), and what shows it again when a signal ends the process.
enum CursorGuard {
  static let hide = "\u{1b}[?25l"
  static let show = "\u{1b}[?25h"

  /// Shows the cursor on standard error before a signal ends or stops the process.
  ///
  /// A signal that the program ignores or handles itself is left to it.
  static func install() {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] {
      var present = sigaction()
      guard sigaction(number, nil, &present) == 0, present.__sigaction_handler.sa_handler == nil else {
        continue
      }
      _ = signal(number) { number in
        // Nothing but what signal-safety(7) allows: no allocation, no lock.
        let sequence: StaticString = "\u{1b}[?25h"
        _ = write(STDERR_FILENO, sequence.utf8Start, sequence.utf8CodeUnitCount)
        _ = signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
