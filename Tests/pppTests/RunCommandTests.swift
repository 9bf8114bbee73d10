import Model
import Processes
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite(
  "run",
  .enabled(
    if: RealTools.arePresent && findExecutable("python3", in: "/usr/bin:/bin") != nil,
    Comment(rawValue: RealTools.why)))
struct RunCommandTests {
  /// Runs a shell line in which `ppp` is the program.
  private func shell(_ line: String, in scene: Scene) async throws -> ProcessResult {
    let path = "\(RunningProgram.path.removingLastComponent()):/usr/bin:/bin"
    return try await Processes.run(
      Command(
        "/bin/sh", ["-c", line], environment: scene.environment.merging(["PATH": path]) { $1 },
        workingDirectory: scene.workspace, timeout: .seconds(120)))
  }

  @Test("its exit code and standard input are the program's")
  func exitCodeAndInput() async throws {
    try await inProjects(Scene.module("etl").merging(Scene.workspaceRoot) { $1 }) { scene in
      let seven = try await scene.start("run", "--module", "etl", "--", "exit", "7").ending()
      #expect(seven.status == 7, "\(seven)")
      let piped = try await shell("echo hello | ppp run --module etl -- shout", in: scene)
      #expect(piped.text == "HELLO\n" && piped.succeeded, "\(piped.errorText)")
    }
  }

  @Test("it runs where the user is, with the arguments as they are")
  func place() async throws {
    try await inProjects(Scene.module("etl")) { scene in
      let line = "cd modules/etl/src && ppp run --module etl -- where -q --module 'a b' -- ''"
      let result = try await shell(line, in: scene)
      #expect(
        result.text == "\(try realPath(scene.workspace))/modules/etl/src|-q|--module|a b|--|\n",
        "\(result.errorText)")
    }
  }

  @Test("of open files the program has those that ppp was given, and none of ppp's")
  func openFiles() async throws {
    try await inProjects(Scene.module("etl")) { scene in
      // These tests' own files may be among those that the shell was given.
      let line = """
        exec 7</dev/null
        python3 -c 'import os; print(*sorted(os.listdir("/proc/self/fd")))'
        ppp run --module etl -- files
        """
      let lines = try await shell(line, in: scene).text.split(separator: "\n")
      #expect(lines.count == 2 && lines.first == lines.last, "\(lines)")
      #expect(lines.last?.contains("7") == true)
    }
  }

  @Test("the terminal is the program's")
  func terminal() async throws {
    guard findExecutable("script", in: "/usr/bin:/bin") != nil else { return }
    try await inProjects(Scene.module("etl")) { scene in
      let result = try await shell(
        "script -qec 'ppp run --module etl -- terminal' /dev/null </dev/null", in: scene)
      #expect(result.text.contains("True True"), "\(result.text)")
    }
  }

  @Test(
    "signals reach the program, which ends as it likes",
    arguments: [(SIGINT, 2), (SIGTERM, 15)] as [(Int32, Int32)])
  func signals(signal: Int32, status: Int32) async throws {
    try await inProjects(Scene.module("etl")) { scene in
      let program = try scene.start("run", "--module", "etl", "--", "wait")
      await program.wait { program.said.contains("ready") }
      program.send(signal)
      let ending = try await program.ending()
      #expect(ending.status == status, "\(ending)")
    }
  }

  @Test("a module with nothing to run, and one that does not exist, are errors")
  func wrong() async throws {
    var files = Scene.module("etl")
    files["modules/etl/pyproject.toml"]?.replace("etl = \"etl.cli:main\"", with: "")
    try await inProjects(files) { scene in
      let nothing = try await scene.run("run", "--module", "etl")
      #expect(nothing.status == 1)
      #expect(
        nothing.errors.hasPrefix("error: module 'etl' does not say what running it means\n  hint: add etl = ")
      )
      let unknown = try await scene.run("run", "--module", "elt")
      #expect(unknown.status == 64)
      #expect(unknown.errors == "error: there is no module 'elt'\n  hint: did you mean 'etl'?\n")
      let unnamed = try await scene.run("run")
      #expect(unnamed.status == 64)
    }
  }
}
