import Model
import Processes
import SystemPackage
import Testing

@testable import ppp

@Suite("The command line")
struct CommandLineTests {
  @Test(
    "help and version are results",
    arguments: [
      (["--version"], "0."), (["--help"], "USAGE: ppp"), (["build", "--help"], "--locked"),
      (["help", "plan"], "--only-changed"), ([], "SUBCOMMANDS"), (["config"], "schema"),
      (["catalogue"], "diff"), (["cache"], "prune"),
    ])
  func helpAndVersion(arguments: [String], expected: String) async throws {
    try await inScene { scene in
      let program = try scene.start(arguments)
      let ending = try await program.ending()
      #expect(ending.status == 0)
      #expect(ending.output.contains(expected))
      #expect(ending.errors == "")
    }
  }

  @Test("no module can have a command's name")
  func commandNames() async throws {
    try await inScene { scene in
      let help = try await scene.run("--help").output
      let list = help.split(separator: "SUBCOMMANDS:").last ?? ""
      let names = list.split(separator: "\n").filter {
        $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ")
      }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
      #expect(names.contains("build"))
      #expect(Set(names).isSubset(of: ModuleName.commands), "\(names)")
    }
  }

  @Test("the version is a version and nothing else")
  func version() async throws {
    try await inScene { scene in
      let ending = try await scene.run("--version")
      #expect(ending.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
    }
  }

  @Test(
    "a command that does not exist is misuse, and the nearest one is named",
    arguments: [
      (["plam"], "'ppp' has no command 'plam'", "did you mean 'plan'?"),
      (["cache", "claen"], "'ppp cache' has no command 'claen'", "did you mean 'clean'?"),
      (["xyzzy"], "'ppp' has no command 'xyzzy'", "'ppp --help' lists them"),
    ])
  func unknownCommand(arguments: [String], message: String, hint: String) async throws {
    try await inScene { scene in
      let program = try scene.start(arguments)
      let ending = try await program.ending()
      #expect(ending.status == 64)
      #expect(ending.errors == "error: \(message)\n  hint: \(hint)\n")
      #expect(ending.output == "")
    }
  }

  @Test(
    "an option or value that does not exist is misuse",
    arguments: [
      ["plan", "--platfrom", "linux-x64"], ["plan", "--platform", "linux-arm"], ["plan", "--format", "xml"],
      ["build", "--progress", "loud"], ["config", "show", "a", "b"], ["lock", "--upgrade-package", "-"],
      ["plan", "[a"], ["plan", "--runenv", "{a"], ["catalogue", "show", "nothing"], ["completions", "csh"],
      ["cache", "prune", "--limit", "much"],
    ])
  func misuse(arguments: [String]) async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let program = try scene.start(arguments)
      try makeDirectory(scene.cache)
      let ending = try await program.ending()
      #expect(ending.status == 64, "\(ending)")
      #expect(ending.errors.lowercased().hasPrefix("error: "))
      #expect(ending.output == "")
    }
  }

  @Test(
    "without a workspace every command that needs one says so",
    arguments: ["plan", "lock", "build", "verify"], [[], ["-C", "elsewhere"]])
  func noWorkspace(command: String, place: [String]) async throws {
    try await inScene { scene in
      let program = try scene.start([command] + place)
      let ending = try await program.ending()
      #expect(ending.status == 64)
      let missing = place.isEmpty ? scene.workspace : scene.workspace.appending("elsewhere")
      #expect(ending.errors.hasPrefix("error: there is no workspace at '\(missing)'\n  hint: "))
    }
  }

  @Test("a workspace is found from a directory inside it, and by name from outside")
  func findsWorkspace() async throws {
    try await inScene(["shared-config.json": "{}", "runenvs/python-3.13.5-a/config.json": "{}"]) { scene in
      let inside = try await scene.run("config", "check", from: scene.workspace.appending("runenvs"))
      let outside = try await scene.run("config", "check", "-C", "workspace", from: scene.directory)
      #expect((inside.status, outside.status) == (0, 0))
      #expect(inside.errors == "1 runenvs, 5 cells: the configuration is good\n")
      #expect(outside.errors == inside.errors)
    }
  }

  @Test("the completion script is one that the shell can read", arguments: Completions.Shell.allCases)
  func completions(shell: Completions.Shell) async throws {
    try await inScene { scene in
      let ending = try await scene.run("completions", shell.rawValue)
      #expect(ending.status == 0)
      #expect(ending.output.contains("only-changed"))
      let script = scene.directory.appending("script")
      try writeAtomically(ending.output.utf8, to: script)
      guard let checked = try await check(script, with: shell) else { return }
      #expect(checked.succeeded, "\(checked.errorText)")
    }
  }
}
