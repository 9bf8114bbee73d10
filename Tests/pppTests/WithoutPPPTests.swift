import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import ppp

@Suite(
  "A repository with modules", .enabled(if: Peers.areWanted),
  .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct WithoutPPPTests {
  @Test("works without ppp: uv sync, pytest and python -m, with ppp nowhere on PATH")
  func works() async throws {
    try await inScene { scene in
      let uv = try #require(try uv())
      try await shell("git init -q . && mkdir bin && ln -s '\(uv)' bin/uv", in: scene)
      let modules = Readme.repository.appending("modules").string
      let ending = try await scene.run("add", "module", "elasticity", "etl", "--from", modules)
      #expect(ending.status == 0, "\(ending)")
      try await shell("! command -v ppp", in: scene)
      try await shell("uv sync", in: scene)
      try await shell("uv run --no-sync pytest -q modules", in: scene)
      try await shell("uv run --no-sync python -m elasticity --help", in: scene)
      try await shell("uv run --no-sync python -m etl --help", in: scene)
    }
  }

  private func uv() throws -> FilePath? {
    guard let tools = RealTools.directory else { return nil }
    let name = try tree(tools).first {
      $0.hasPrefix("uv-") && ($0.hasSuffix("/uv") || $0.hasSuffix("/bin/uv"))
    }
    return name.map { tools.pushing(FilePath($0)) }
  }

  /// Runs a line with nothing on the PATH but the system's programs and uv.
  private func shell(_ line: String, in scene: Scene) async throws {
    let environment = ProcessInfo.processInfo.environment.merging([
      "PATH": "\(scene.workspace)/bin:/usr/bin:/bin", "HOME": scene.directory.string,
      "TMPDIR": scene.directory.string,
    ]) { $1 }
    let result = try await Processes.run(
      Command(
        "/bin/sh", ["-c", line], environment: environment, workingDirectory: scene.workspace,
        timeout: .seconds(900), overflow: .keepEnds))
    #expect(result.succeeded, "\(line): \(result.tail())")
  }
}
