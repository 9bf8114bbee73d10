import ConfigMerge
import Model
import SystemPackage
import Testing

@testable import Builder

/// A module's lock keeps to its runenv's versions.
@Suite(.enabled(if: TestWorkspace.uv != nil, "needs uv; any ppp that has locked something has it"))
struct HeldVersionTests {
  private static let base = "python-3.12.10@linux-x64"
  private static let cell = "python-3.12.10+demand@linux-x64"

  private func locking(
    _ dependency: String, config: String = #"{"runenvs": ["*"]}"#,
    _ body: (TestWorkspace) async throws -> Void
  ) async throws {
    let index = try TestIndex([
      wheel("alpha", "1.0"), wheel("alpha", "2.0"), wheel("beta", "1.0", needs: ["alpha"]),
      wheel("gamma", "1.0"),
    ])
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try await body(
        TestWorkspace(
          directory,
          files: [
            "shared-config.json": """
            {"registries": {"default": "\(index.url)"}, "platforms": ["linux-x64"],
             "runtime": {"provider": "external"}, "packages": {"dependencies": ["gamma"]}}
            """,
            "runenvs/python-3.12.10/config.json": #"{"packages": {"dependencies": ["alpha<2"]}}"#,
            "modules/demand/config.json": config, "modules/demand/src/demand/__init__.py": "",
            "modules/demand/pyproject.toml":
              "[project]\nname = \"demand\"\nversion = \"1\"\ndependencies = [\"\(dependency)\"]\n",
          ]))
    }
  }

  private func lock(_ workspace: TestWorkspace, _ cells: [String]) async throws -> LockReport {
    try await LockRun(workspace: workspace.injected(), tools: workspace.tools())
      .run(cells.map { try CellID(parsing: $0) })
  }

  @Test("with a lock of its runenv a module has the versions in it, and its own packages beside them")
  func held() async throws {
    // Without the runenv's dependencies, so that nothing but its lock keeps alpha back.
    let config = #"{"runenvs": ["*"], "packages": {"dependencies": []}}"#
    try await locking("beta", config: config) { workspace in
      let report = try await lock(workspace, [Self.cell, Self.base])
      #expect(report.outcomes.map(\.cell.description) == [Self.cell, Self.base])
      #expect(try report.packages(Self.cell) == ["alpha 1.0", "beta 1.0"])
      let path = workspace.root.appending("modules/demand/locks/python-3.12.10/pylock.linux-x64.toml")
      #expect(try Lock.read(at: path) == report.lock(Self.cell))
      #expect(try await lock(workspace, [Self.cell]).outcomes[0].isReused)
    }
  }

  @Test("without one it has the newest, and is stale once its runenv is locked to others")
  func departed() async throws {
    let config = #"{"runenvs": ["*"], "packages": {"dependencies": []}}"#
    try await locking("beta", config: config) { workspace in
      #expect(try await lock(workspace, [Self.cell]).packages(Self.cell) == ["alpha 2.0", "beta 1.0"])
      _ = try await lock(workspace, [Self.base])
      let injected = try await workspace.injected()
      let recipe = try #require(injected.recipe(for: CellID(parsing: Self.cell)))
      guard case .stale(let changes) = LockState(of: recipe, in: injected) else {
        Issue.record("it is not stale")
        return
      }
      #expect(changes.map(\.description) == ["alpha: 2.0 → 1.0, as its runenv has it"])
      #expect(try await lock(workspace, [Self.cell]).packages(Self.cell) == ["alpha 1.0", "beta 1.0"])
    }
  }

  @Test("where it can't keep to one, that is an error that names both, and the runenv stays locked")
  func conflict() async throws {
    let config = #"{"runenvs": ["*"], "packages": {"dependencies": []}}"#
    try await locking("alpha>=2", config: config) { workspace in
      let report = try await lock(workspace, [Self.base, Self.cell])
      #expect(try report.packages(Self.base) == ["alpha 1.0"])
      let error = #expect(throws: ResolveError.self) { try report.lock(Self.cell) }
      let text = try #require(error).description
      #expect(text.hasPrefix("module 'demand' and the lock of \(Self.base) can't be had together\n"))
      #expect(text.contains("  alpha is 1.0 in python-3.12.10; the module works with 2.0\n"))
      #expect(error?.hint?.contains("\"alpha\": \"2.0\"") ?? false)
    }
  }

  @Test("an override in the module's file lets go of that version")
  func released() async throws {
    let config = #"{"runenvs": ["*"], "packages": {"dependencies": [], "overrides": {"alpha": "2.0"}}}"#
    try await locking("alpha", config: config) { workspace in
      let report = try await lock(workspace, [Self.base, Self.cell])
      #expect(try report.packages(Self.cell) == ["alpha 2.0"])
      #expect(try await lock(workspace, [Self.cell]).outcomes[0].isReused)
    }
  }
}
