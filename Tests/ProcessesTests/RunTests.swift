import Model
import Processes
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct RunTests {
  let shell: FilePath = "/bin/sh"

  private func shell(_ script: String, timeout: Duration? = nil) -> Command {
    Command(shell, ["-c", script], environment: ["PATH": "/usr/bin:/bin"], timeout: timeout)
  }

  @Test("output, error output and status are told apart")
  func streams() async throws {
    let result = try await run(shell("echo out; echo err >&2; exit 3"))
    #expect(result.text == "out\n")
    #expect(result.errorText == "err\n")
    #expect(result.status == .exited(3))
    #expect(!result.succeeded && !result.timedOut)
  }

  @Test("a program that kills itself is reported with its signal")
  func signal() async throws {
    #expect(try await run(shell("kill -9 $$")).status == .signalled(9))
  }

  @Test("nothing is inherited from this process's environment")
  func environment() async throws {
    let result = try await run(Command("/usr/bin/env", environment: ["ONLY": "this"]))
    #expect(result.text == "ONLY=this\n")
  }

  @Test("input reaches the program whole, also when it is larger than a pipe")
  func input() async throws {
    let input = [UInt8](repeating: 120, count: 1 << 20)
    let result = try await run(Command("/bin/cat", input: input))
    #expect(result.output == input)
  }

  @Test("a program that never reads its input does no harm")
  func unreadInput() async throws {
    let result = try await run(Command("/bin/true", input: [UInt8](repeating: 0, count: 1 << 20)))
    #expect(result.succeeded)
  }

  @Test("without input, standard input is empty")
  func emptyInput() async throws {
    #expect(try await run(Command("/bin/cat")).output.isEmpty)
  }

  @Test("the program starts in its working directory")
  func workingDirectory() async throws {
    var command = shell("pwd -P")
    command.workingDirectory = "/usr"
    #expect(try await run(command).text == "/usr\n")
  }

  @Test("a missing program is named")
  func missing() async throws {
    await #expect {
      try await run(Command("/nonexistent/program"))
    } throws: { error in
      guard case ProcessError.cannotStart("/nonexistent/program", _) = error else { return false }
      return true
    }
  }

  @Test("a missing working directory is named")
  func missingDirectory() async throws {
    var command = shell("true")
    command.workingDirectory = "/nonexistent"
    await #expect {
      try await run(command)
    } throws: {
      String(describing: $0).contains("'/nonexistent'")
    }
  }

  @Test("a checked run throws the end of what the program said")
  func checked() async throws {
    await #expect {
      try await run(checked: shell("echo the reason >&2; exit 4"))
    } throws: {
      String(describing: $0) == "'/bin/sh' ended with status 4:\nthe reason"
    }
  }

  @Test("a time-out ends the program and keeps what it had said")
  func timeout() async throws {
    let result = try await run(shell("echo before; sleep 60", timeout: .milliseconds(300)))
    #expect(result.timedOut && !result.succeeded)
    #expect(result.text == "before\n")
  }

  @Test("a time-out ends what the program started too, even what ignores SIGTERM and holds the pipe")
  func grandchildren() async throws {
    let script = "(trap '' TERM; while :; do sleep 1; done) & echo $!; wait"
    let result = try await run(shell(script, timeout: .milliseconds(300)))
    #expect(result.timedOut)
    let grandchild = try #require(Int32(result.text.split(separator: "\n").first ?? ""))
    try await expectGone(grandchild)
  }

  @Test("a program that closed its output is still timed out")
  func silentTimeout() async throws {
    let result = try await run(shell("exec >&- 2>&-; sleep 60", timeout: .milliseconds(300)))
    #expect(result.timedOut)
  }

  @Test("a background process that holds the pipe does not hold up the result")
  func background() async throws {
    let result = try await run(shell("sleep 600 & echo $!"))
    let background = try #require(Int32(result.text.split(separator: "\n").first ?? ""))
    #expect(kill(background, SIGKILL) == 0, "it still runs when the result is there")
  }

  @Test("cancelling the task ends the whole group")
  func cancel() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let file = directory.appending("pid")
      let command = shell("(trap '' TERM; while :; do sleep 1; done) & echo $! >\(file); wait")
      await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await #expect(throws: CancellationError.self) { try await run(command) }
        }
        while ((try? readFile(file)) ?? []).last != 10 { await Task.yield() }
        group.cancelAll()
      }
      let text = String(decoding: try readFile(file), as: UTF8.self)
      try await expectGone(try #require(Int32(text.dropLast())))
    }
  }

  /// Waits until a process is gone or only a zombie that nobody reaped yet.
  private func expectGone(_ identifier: Int32) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      guard kill(identifier, 0) == 0 else { return }
      let state = (try? readFile(FilePath("/proc/\(identifier)/stat"))).map {
        String(decoding: $0, as: UTF8.self)
      }
      if state?.contains(") Z ") ?? true { return }
      await Task.yield()
    }
    Issue.record("process \(identifier) still runs")
  }
}

@Suite struct OutputLimitTests {
  @Test("a program that writes without end is killed and named when its output matters")
  func endless() async throws {
    await #expect(throws: ProcessError.tooMuchOutput("/usr/bin/yes", limit: 100_000)) {
      try await run(Command("/usr/bin/yes", outputLimit: 100_000))
    }
  }

  @Test("of a log the two ends are kept")
  func ends() async throws {
    let command = Command(
      "/bin/sh", ["-c", "echo first; yes | head -c 5000000; echo last"],
      environment: ["PATH": "/usr/bin:/bin"],
      outputLimit: 1000, overflow: .keepEnds)
    let text = try await run(command).text
    #expect(text.hasPrefix("first\ny\n") && text.hasSuffix("y\nlast\n"))
    #expect(text.contains("[… 4999011 bytes left out …]"))
    #expect(text.utf8.count < 1100)
  }

  @Test("error output past the limit keeps its ends and fails nothing")
  func errorEnds() async throws {
    let command = Command(
      "/bin/sh", ["-c", "yes | head -c 3000000 >&2; echo reason >&2; exit 1"],
      environment: ["PATH": "/usr/bin:/bin"], outputLimit: 1000)
    let result = try await run(command)
    #expect(result.errorText.hasSuffix("reason\n"))
    #expect(result.status == .exited(1))
  }

  @Test("output of exactly the limit is whole", arguments: [2, 3, 10, 4096, 100_001])
  func exact(size: Int) async throws {
    let input = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try await run(Command("/bin/cat", input: input, outputLimit: size)).output == input)
  }
}

@Suite struct FindExecutableTests {
  @Test("the first runnable file wins; directories and relative entries do not count")
  func find() {
    #expect(findExecutable("sh", in: "/nonexistent:bin::/bin:/usr/bin") == "/bin/sh")
    #expect(findExecutable("bin", in: "/usr") == nil)
    #expect(findExecutable("sh", in: nil) == nil)
    #expect(findExecutable("passwd", in: "/etc") == nil)
  }
}
