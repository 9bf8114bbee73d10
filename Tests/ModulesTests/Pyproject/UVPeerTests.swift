import ConfigMerge
import Model
import Modules
import Processes
import SystemPackage
import TOMLFiles
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// The root project, held to what `uv add` makes of it, and repositories to what uv does with them.
@Suite(.enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)))
struct UVPeerTests {
  @Test("'uv add' makes the same of a project", arguments: ProjectTable.entries.filter(\.isForUV))
  func sameAsAdd(entry: ProjectTable.Entry) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", #""devDependencies": ["pytest>=8"],"#)
      try scene.write(entry.before, to: "shop/pyproject.toml")
      for directory in ["libs/a", "x", "y"] {
        try scene.write(
          "[project]\nname = \"\(directory.replacing("/", with: "-"))\"\nversion = \"1\"\n",
          to: "shop/\(directory)/pyproject.toml")
      }
      let plan = try await scene.plan("shop")
      _ = try await plan.apply()
      try scene.write(entry.before, to: "shop/pyproject.toml")
      try await Peers.run("uv", ["add", "--frozen", "--quiet", "./modules/shop"], in: scene.repository.root)
      if plan.project.additions.contains(where: { $0.key == "dependency-groups.dev" }) {
        try await Peers.run(
          "uv", ["add", "--frozen", "--quiet", "--dev", "pytest>=8"], in: scene.repository.root)
      }
      let theirs = try value(Array(scene.text("shop/pyproject.toml").utf8))
      #expect(try value(plan.project.bytes) == theirs)
    }
  }

  private func value(_ bytes: [UInt8]) throws -> TOMLValue {
    try TOMLValue.parse(String(decoding: bytes, as: UTF8.self), file: "x", as: ProjectError.self)
  }

  @Test(
    "a repository with two modules syncs and its tests pass",
    arguments: [nil, "[tool.ruff]\nline-length = 100\n", "[project]\nname = \"a\"\nversion = \"1\"\n"])
  func syncs(project: String?) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("etl_part", #""devDependencies": ["pytest>=8"],"#)
      try scene.makeModule(
        "shop", #""needs": ["etl_part>=1"], "entryPoint": "shop:main", "devDependencies": ["pytest>=8"],"#,
        files: #"{"from": "src"}, {"from": "README.md"}, {"from": "tests"}"#)
      try scene.write(
        "import etl_part\n\ndef main():\n    print('sold')\n", to: "source/shop/src/shop/__init__.py")
      try scene.write(
        "import shop\n\ndef test_main():\n    shop.main()\n", to: "source/shop/tests/test_shop.py")
      if let project { try scene.write(project, to: "shop/pyproject.toml") }
      _ = try await scene.plan("etl_part", "shop").apply()
      let root = scene.repository.root
      try await Peers.run("uv", ["sync", "--quiet"], in: root)
      #expect(try await Peers.run("uv", ["run", "shop"], in: root).text == "sold\n")
      #expect(try await Peers.run("uv", ["run", "pytest", "-q"], in: root).text.contains("1 passed"))
    }
  }
}
