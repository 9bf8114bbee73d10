import Glibc
import Model
import SystemPackage
import Testing

@testable import Terminal

@Suite struct ProgressDisplayTests {
  private let step = Step(.fetch, "numpy.whl")
  private let warning = Event.diagnosed(Diagnostic(.warning, "override of 'scipy' matches nothing"))

  @Test func `plain progress is one line for each step that was done`() throws {
    let text = try shown(
      .plain, .started(step), .progressed(step, completed: 1, total: 2), .finished(step, .done("15.9 MB")),
      .finished(Step(.layer, "wheel numpy 2.2.6"), .reused(nil)),
      .finished(Step(.bundle, "a@linux-x64", detail: "tar.zst"), .done(nil)))
    #expect(text == "fetch numpy.whl  15.9 MB\nbundle a@linux-x64  tar.zst\n")
  }

  @Test(arguments: [ProgressMode.Presentation.plain, .silent])
  func `failures and warnings are shown even without progress`(
    presentation: ProgressMode.Presentation
  ) throws {
    let failure = Diagnostic(.error, "HTTP 404", hint: "ppp lock --upgrade")
    let text = try shown(presentation, warning, .finished(step, .failed(failure)))
    let expected = """
      warning: override of 'scipy' matches nothing
      error: numpy.whl: HTTP 404
        hint: ppp lock --upgrade

      """
    #expect(text == expected)
  }

  @Test func `without progress nothing is said of steps that went well`() throws {
    #expect(try shown(.silent, .started(step), .finished(step, .done("1 B"))).isEmpty)
  }

  @Test func `a problem that many cells have is told once`() throws {
    #expect(try shown(.plain, warning, warning) == "warning: override of 'scipy' matches nothing\n")
  }

  @Test func `events after the end are ignored`() throws {
    let (display, reader) = try display(.plain)
    display.finish()
    display.sink(warning)
    display.finish()
    #expect(try read(reader).isEmpty)
  }

  @Test func `live lines go away at the end, and the cursor is back`() throws {
    var canvas = Canvas(state: ProgressState(goal: ProgressGoal(cells: 2, by: .record)))
    canvas.state.apply(.started(step), at: .zero)
    let frame = canvas.frame(at: .zero, size: (80, 24), colored: false)
    #expect(frame.hasPrefix(CursorGuard.hide))
    #expect(frame.filter { $0 == "\n" }.count == 2)
    let erasures = [canvas.erased(width: 80), canvas.erased(width: 80)]
    #expect(erasures == ["\u{1b}[2A\r\u{1b}[J", ""])
    #expect(try shown(.live, .started(step)).hasSuffix(CursorGuard.show))
  }

  @Test func `lines that wrapped when the terminal became narrower are erased whole`() {
    var canvas = Canvas(state: ProgressState())
    canvas.state.apply(.started(Step(.bundle, String(repeating: "x", count: 90))), at: .zero)
    _ = canvas.frame(at: .zero, size: (100, 24), colored: false)
    let erasure = canvas.erased(width: 20)
    #expect(erasure == "\u{1b}[4A\r\u{1b}[J")
  }

  @Test func `what is said stands above the live lines`() {
    var canvas = Canvas(state: ProgressState())
    canvas.state.apply(.started(step), at: .zero)
    _ = canvas.frame(at: .zero, size: (80, 24), colored: false)
    _ = canvas.say("warning: w\n", once: true)
    let frame = canvas.frame(at: .zero, size: (80, 24), colored: false)
    #expect(frame.hasPrefix(CursorGuard.hide + "\u{1b}[1A\r\u{1b}[Jwarning: w\nfetching"))
  }

  @Test func `escape sequences in a name are shown, not obeyed`() throws {
    let text = try shown(.plain, .finished(Step(.fetch, "a\u{1b}[2J\nb"), .done("\u{7}")))
    #expect(text == "fetch a\\u{1B}[2J b  \\u{07}\n")
  }

  private func shown(_ presentation: ProgressMode.Presentation, _ events: Event...) throws -> String {
    let (display, reader) = try display(presentation)
    for event in events { display.sink(event) }
    display.finish()
    return try read(reader)
  }

  /// A display on a pipe, and the pipe's other end.
  private func display(
    _ presentation: ProgressMode.Presentation
  ) throws -> (ProgressDisplay, FileDescriptor) {
    let pipe = try FileDescriptor.pipe()
    return (ProgressDisplay(presentation, on: Device(pipe.writeEnd, environment: [:])), pipe.readEnd)
  }

  /// What is in the pipe.
  private func read(_ reader: FileDescriptor) throws -> String {
    var count: Int32 = 0
    #expect(ioctl(reader.rawValue, UInt(FIONREAD), &count) == 0)
    guard count > 0 else { return "" }
    let bytes = try [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, length in
      length = try reader.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
