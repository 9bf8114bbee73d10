package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A terminal that a test types on and looks at (pts(4), ioctl_tty(2)).
package struct PseudoTerminal: Sendable {
  /// What a program has as its terminal.
  package let terminal: FileDescriptor
  /// The keyboard and the screen.
  private let main: FileDescriptor

  package init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let options = FileDescriptor.OpenOptions(rawValue: O_NOCTTY | O_CLOEXEC)
    main = try FileDescriptor.open("/dev/ptmx", .readWrite, options: options)
    var (lock, number): (Int32, Int32) = (0, 0)
    guard ioctl(main.rawValue, setLock, &lock) == 0, ioctl(main.rawValue, getNumber, &number) == 0 else {
      throw Errno(rawValue: errno)
    }
    terminal = try FileDescriptor.open("/dev/pts/\(number)", .readWrite, options: options)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(terminal.rawValue, UInt(TIOCSWINSZ), &size) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Types text; `\n` is the return key, U+0004 the end of the input.
  package func type(_ text: String) throws { try main.writeAll(text.utf8) }

  /// Whether what is typed is shown.
  package func isEchoing() throws -> Bool {
    var settings = termios()
    guard tcgetattr(terminal.rawValue, &settings) == 0 else { throw Errno(rawValue: errno) }
    return settings.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Everything that comes on the screen until the terminal is closed, what was typed included; this blocks.
  package func screen() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    // The terminal's end is an I/O error here.
    while let count = try? buffer.withUnsafeMutableBytes({ try main.read(into: $0) }), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  /// Ends what `screen` waits for.
  package func close() throws { try terminal.close() }
}
