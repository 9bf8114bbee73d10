import ArgumentParser
import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import ppp

@Suite("README.md")
struct ReadmeTests {
  @Test("every ppp command in it parses")
  func commandsParse() throws {
    let commands = try Readme().words(of: "ppp")
    try #require(!commands.isEmpty)
    for command in commands {
      #expect(throws: Never.self, "ppp \(command.joined(separator: " "))") {
        _ = try PPP.parseAsRoot(command)
      }
    }
  }

  @Test("every make target in it exists")
  func targetsExist() throws {
    let makefile = String(decoding: try readFile(Readme.repository.appending("Makefile")), as: UTF8.self)
    let targets = try Readme().words(of: "make").flatMap { $0 }
    try #require(!targets.isEmpty)
    for target in targets { #expect(makefile.contains("\n\(target):"), "make \(target)") }
  }

  @Test("every document that it links to is there")
  func documentsExist() throws {
    let text = String(decoding: try readFile(Readme.repository.appending("README.md")), as: UTF8.self)
    for link in text.matches(of: #/\]\(([a-zA-Z0-9_\/.]+)\)/#).map({ String($0.output.1) }) {
      #expect(throws: Never.self, "\(link)") { try readFile(Readme.repository.pushing(FilePath(link))) }
    }
  }

  /// Those of `make` are shown only: they would run these tests in these tests.
  ///
  /// What `make run` has left in the repository is taken over, as a reader who comes to `ppp build` has it; where it
  /// wasn't run, that builds everything.
  @Test(
    "every command in it does what it says, one after the other, in this repository's workspace",
    .enabled(if: Peers.areWanted))
  func commandsWork() async throws {
    let environment = ProcessInfo.processInfo.environment
    try await inScene { scene in
      for name in ["shared-config.json", "runenvs", "modules", "Makefile", "scripts"] {
        try await bash("cp -r '\(Readme.repository)/\(name)' .", in: scene.workspace, environment)
      }
      for name in ["dist", ".ppp"] {
        let made = Readme.repository.appending(name)
        guard FileStatus(of: made)?.kind == .directory else { continue }
        try await bash("cp -a --reflink=auto '\(made)' .", in: scene.workspace, environment)
      }
      let path = "\(RunningProgram.path.removingLastComponent()):\(environment["PATH"] ?? "/usr/bin:/bin")"
      let keys = scene.directory.appending("keys").string
      let variables = environment.merging(["PATH": path, "PPP_KEYS_DIR": keys]) { $1 }
      for command in try Readme().commands {
        let line = command.hasPrefix("make ") ? "make --dry-run" + command.dropFirst(4) : command
        try await bash(line, in: scene.workspace, variables)
      }
    }
  }

  private func bash(_ line: String, in directory: FilePath, _ environment: [String: String]) async throws {
    let result = try await Processes.run(
      Command(
        "/bin/bash", ["-c", line], environment: environment, workingDirectory: directory,
        timeout: .seconds(1800), overflow: .keepEnds))
    #expect(result.succeeded, "\(line): \(result.tail())")
  }
}
