import Model
import SystemPackage
import Terminal
import TestSupport
import Testing

@Suite struct PromptTests {
  @Test(arguments: [
    ("y\n", true), ("YES\n", true), (" y \n", true), ("n\n", false), ("\n", false), ("\u{4}", false),
    ("perhaps\ny\n", true),
  ])
  func `yes is yes, and an empty line or the end of the input is no`(typed: String, expected: Bool)
    async throws
  {
    let (answer, screen) = try await ask(typed) { try await $0.confirms("overwrite 'a.py'?") }
    #expect(answer == expected)
    #expect(screen.contains("overwrite 'a.py'? [y/N] "))
    #expect(screen.contains("'perhaps' is not a yes or no") == typed.hasPrefix("perhaps"))
  }

  @Test func `it asks again until the answer is accepted`() async throws {
    let (answer, screen) = try await ask("six\n7\n") { prompt in
      try await prompt.answer(to: "how many? ") { text -> Int in
        guard let number = Int(text) else { throw ParseError(expected: "number", text: text) }
        return number
      }
    }
    #expect(answer == 7)
    #expect(screen.count { $0 == "?" } == 2)
    #expect(screen.contains("error: 'six' is not a number"))
  }

  @Test func `an answer takes one line and leaves the next to the next question`() async throws {
    let (answers, _) = try await ask("y\nn\ny\n") { prompt in
      [try await prompt.confirms("a?"), try await prompt.confirms("b?"), try await prompt.confirms("c?")]
    }
    #expect(answers == [true, false, true])
  }

  @Test func `being cancelled ends the wait`() async throws {
    let terminal = try PseudoTerminal()
    let prompt = try #require(makePrompt(on: terminal))
    let work = Task { try await prompt.confirms("really?") }
    work.cancel()
    await #expect(throws: CancellationError.self) { _ = try await work.value }
  }

  @Test func `where an end is no terminal there is nobody to ask`() throws {
    let pipe = try FileDescriptor.pipe()
    let terminal = try PseudoTerminal()
    #expect(Prompt(on: Device(terminal.terminal, environment: [:]), answers: pipe.readEnd) == nil)
    #expect(Prompt(on: Device(pipe.writeEnd, environment: [:]), answers: terminal.terminal) == nil)
  }

  @Test func `what a question quotes can't move the cursor`() async throws {
    let (_, screen) = try await ask("y\n") { try await $0.confirms("\u{1b}[2Jgone?") }
    #expect(!screen.contains("\u{1b}[2J"))
  }

  @Test func `a secret is taken as it is typed, and not shown`() async throws {
    let terminal = try PseudoTerminal()
    let prompt = try #require(makePrompt(on: terminal))
    async let screen = blocking { _ in terminal.screen() }
    async let answer = prompt.secret("password: ")
    try await blocking { cancellation in
      while try terminal.isEchoing() { try cancellation.check() }
      try terminal.type(" pass word \n")
    }
    #expect(try await answer == " pass word ")
    #expect(try terminal.isEchoing())
    try terminal.close()
    #expect(try await screen == "password: \n")
  }

  private func makePrompt(on terminal: PseudoTerminal) -> Prompt? {
    Prompt(on: Device(terminal.terminal, environment: ["NO_COLOR": "1"]), answers: terminal.terminal)
  }

  private func ask<Answer: Sendable>(
    _ typed: String, _ body: (Prompt) async throws -> Answer
  ) async throws -> (Answer, screen: String) {
    let terminal = try PseudoTerminal()
    try terminal.type(typed)
    async let screen = blocking { _ in terminal.screen() }
    let answer: Answer
    do {
      answer = try await body(#require(makePrompt(on: terminal)))
      try terminal.close()
    } catch {
      try terminal.close()
      throw error
    }
    return (answer, try await screen)
  }
}
