import Glibc
import SystemPackage
import Terminal
import Testing

@Suite struct DeviceTests {
  @Test func `a pipe is no terminal: plain lines and no colours`() throws {
    let pipe = try FileDescriptor.pipe()
    let device = Device(pipe.writeEnd, environment: ["TERM": "xterm"])
    #expect(!device.isInteractive && !device.isColored)
    #expect(device.size == (80, 24))
    #expect(ProgressMode.auto.presentation(on: device) == .plain)
  }

  @Test func `a terminal has live lines, colours and a size`() throws {
    let terminal = try terminal(columns: 132, rows: 43)
    let device = Device(terminal, environment: ["TERM": "xterm"])
    #expect(device.isInteractive && device.isColored)
    #expect(device.size == (132, 43))
    #expect(ProgressMode.auto.presentation(on: device) == .live)
  }

  @Test func `a terminal that gives no size is taken to have 80 columns`() throws {
    let device = Device(try terminal(columns: 0, rows: 0), environment: ["TERM": "xterm"])
    #expect(device.size == (80, 24))
  }

  @Test func `NO_COLOR takes the colours, not the live lines`() throws {
    let terminal = try terminal(columns: 80, rows: 24)
    let device = Device(terminal, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(device.isInteractive && !device.isColored)
    #expect(Device(terminal, environment: ["TERM": "xterm", "NO_COLOR": ""]).isColored)
  }

  @Test(arguments: [[:], ["TERM": "dumb"]] as [[String: String]])
  func `a terminal that can do nothing gets plain lines`(environment: [String: String]) throws {
    let device = Device(try terminal(columns: 80, rows: 24), environment: environment)
    #expect(ProgressMode.auto.presentation(on: device) == .plain)
  }

  @Test(arguments: [
    (ProgressMode.auto, true, ProgressMode.Presentation.silent), (.plain, true, .silent),
    (.plain, false, .plain), (.none, false, .silent),
  ])
  func `options decide before the terminal does`(
    mode: ProgressMode, quiet: Bool, presentation: ProgressMode.Presentation
  ) throws {
    let device = Device(try terminal(columns: 80, rows: 24), environment: ["TERM": "xterm"])
    #expect(mode.presentation(on: device, quiet: quiet) == presentation)
  }

  /// A pseudo-terminal of this size (pts(4), ioctl_tty(2)).
  private func terminal(columns: UInt16, rows: UInt16) throws -> FileDescriptor {
    let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let noControl = FileDescriptor.OpenOptions(rawValue: O_NOCTTY)
    let main = try FileDescriptor.open("/dev/ptmx", .readWrite, options: noControl)
    var (lock, number): (Int32, Int32) = (0, 0)
    try #require(ioctl(main.rawValue, setLock, &lock) == 0)
    try #require(ioctl(main.rawValue, getNumber, &number) == 0)
    let terminal = try FileDescriptor.open("/dev/pts/\(number)", .readWrite, options: noControl)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(terminal.rawValue, UInt(TIOCSWINSZ), &size) == 0)
    return terminal
  }
}
