import Model
import SystemPackage
import Terminal
import TestSupport

@testable import ppp

extension Scene {
  /// Runs a command in this process for somebody at a terminal who types this; `errors` is what the terminal shows.
  func run(_ arguments: [String], typing text: String, from place: FilePath? = nil) async throws -> Ending {
    let terminal = try PseudoTerminal()
    try terminal.type(text)
    let environment = environment.merging(["TERM": "xterm", "NO_COLOR": "1"]) { $1 }
    let device = Device(terminal.terminal, environment: environment)
    let output = Collected()
    let context = CommandContext(
      directory: place ?? workspace, environment: environment, output: { output.append($0) },
      screen: device, errors: device, input: terminal.terminal)
    async let screen = blocking { _ in terminal.screen() }
    let status = await PPP.run(arguments, in: context)
    try terminal.close()
    return Ending(status: status.rawValue, output: output.text, errors: try await screen)
  }
}
