import ConfigMerge
import Model
import SystemPackage
import Testing

/// The runenv repository that ppp replaces, where it is at hand.
private let originals: FilePath? = ["/work/shared/data/runenv-python-3", "../shared/data/runenv-python-3"]
  .map { FilePath($0) }
  .first { directory in
    do { return try listDirectory(directory).contains("shared-config.json") } catch { return false }
  }

@Suite("The originals' configuration files", .enabled(if: originals != nil))
struct RealConfigurationTests {
  private func withOriginals(_ body: (Workspace) throws -> Void) async throws {
    let originals = try #require(originals)
    try await withTemporaryDirectory(in: "/tmp") { root in
      try writeAtomically(
        try readFile(originals.appending("shared-config.json")), to: root.appending("shared-config.json"))
      for name in try listDirectory(originals) where name.hasPrefix("python-") {
        let directory = root.appending("runenvs").appending(name)
        try makeDirectory(directory)
        try writeAtomically(
          try readFile(originals.appending(name).appending("config.json")),
          to: directory.appending("config.json"))
      }
      try body(try Workspace.load(at: root))
    }
  }

  @Test("all twelve load as they are, without a warning")
  func load() async throws {
    try await withOriginals { workspace in
      #expect(workspace.runenvs.count == 12)
      #expect(workspace.cells.count == 60)
      #expect(workspace.warnings.isEmpty)
    }
  }

  @Test("their rules are in the recipes")
  func rules() async throws {
    try await withOriginals { workspace in
      let cell = CellID(runenv: "python-3.12.10-clustering", platform: .windowsX64)
      let recipe = try #require(workspace.recipe(for: cell))
      let rule = try #require(recipe.rules[PackageName(parsing: "kalign_python")])
      guard case .buildWheel(let build, let position) = rule else {
        Issue.record("\(rule)")
        return
      }
      #expect(build.configSettings.count == 15)
      #expect(position.description == "runenvs/python-3.12.10-clustering/config.json:23:24")
      #expect(recipe.skips.map(\.name.normalized) == ["cudf-cu12", "cupy-cuda12x"])
      #expect(
        recipe.registries.additional.map(\.value) == [
          "https://pypi.nvidia.com", "https://download.pytorch.org/whl/cpu",
        ])
    }
  }

  @Test("a bare git URL is a requirement with the repository's name")
  func gitURL() async throws {
    try await withOriginals { workspace in
      let cell = CellID(runenv: "python-3.12.10-parapred", platform: .linuxX64)
      let recipe = try #require(workspace.recipe(for: cell))
      let last = try #require(recipe.dependencies.last)
      #expect(last.value.name.normalized == "parapred-pytorch")
      #expect(recipe.noDeps == [last.value.name])
      #expect(last.value.description == "git+https://github.com/alchemab/parapred-pytorch.git@e0548be")
    }
  }
}
