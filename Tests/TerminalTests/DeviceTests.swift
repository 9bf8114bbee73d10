import SystemPackage
import Terminal
import TestSupport
import Testing

@Suite struct DeviceTests {
  @Test func `a pipe is no terminal: plain lines and no colours`() throws {
    let pipe = try FileDescriptor.pipe()
    let device = Device(pipe.writeEnd, environment: ["TERM": "xterm"])
    #expect(!device.isTerminal && !device.isInteractive && !device.isColored)
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

  private func terminal(columns: UInt16, rows: UInt16) throws -> FileDescriptor {
    try PseudoTerminal(columns: columns, rows: rows).terminal
  }
}
