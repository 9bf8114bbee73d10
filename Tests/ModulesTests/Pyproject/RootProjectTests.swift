import ConfigMerge
import Model
import Modules
import SystemPackage
import TOMLFiles
import Testing

@Suite("The root pyproject.toml")
struct RootProjectTests {
  /// The plan to add `shop`, whose tests need pytest, to a repository with this project.
  private func plan(_ project: String, scene: ModuleScene) async throws -> AddPlan {
    try scene.makeModule("shop", #""devDependencies": ["pytest>=8"],"#)
    try scene.write(project, to: "shop/pyproject.toml")
    return try await scene.plan("shop")
  }

  @Test("what is there stays as it is written", arguments: ProjectTable.entries)
  func edits(entry: ProjectTable.Entry) async throws {
    try await ModuleScene.with { scene in
      let plan = try await plan(entry.before, scene: scene)
      #expect(String(decoding: plan.project.bytes, as: UTF8.self) == entry.after)
    }
  }

  @Test("lines end as they did, and a byte order mark stays", arguments: ProjectTable.entries)
  func lineBreaks(entry: ProjectTable.Entry) async throws {
    try await ModuleScene.with { scene in
      let plan = try await plan("\u{FEFF}" + entry.before.replacing("\n", with: "\r\n"), scene: scene)
      let text = String(decoding: plan.project.bytes, as: UTF8.self)
      #expect(Array(text.utf8) == Array(("\u{FEFF}" + entry.after.replacing("\n", with: "\r\n")).utf8))
    }
  }

  @Test("adding it again changes nothing", arguments: ProjectTable.entries)
  func again(entry: ProjectTable.Entry) async throws {
    try await ModuleScene.with { scene in
      let plan = try await plan(entry.after, scene: scene)
      #expect(!plan.project.isChanged)
      #expect(plan.project.additions.isEmpty)
    }
  }

  @Test("a repository without one gets a small one, named like its directory")
  func new() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("etl", #""python": ">=3.12","#)
      try scene.makeModule("shop", #""python": ">=3.11", "devDependencies": ["pytest"],"#)
      let plan = try await scene.plan("etl", "shop")
      #expect(plan.project.oldBytes == nil)
      #expect(
        String(decoding: plan.project.bytes, as: UTF8.self) == """
          [project]
          name = "shop-project"
          version = "0.1.0"
          requires-python = ">=3.12"
          dependencies = ["etl", "shop"]

          [dependency-groups]
          dev = ["pytest"]

          [tool.uv.workspace]
          members = ["modules/etl", "modules/shop"]

          [tool.uv.sources]
          etl = { workspace = true }
          shop = { workspace = true }

          """)
    }
  }

  @Test("a project without [project] gets members and what tests need")
  func virtual() async throws {
    try await ModuleScene.with { scene in
      let plan = try await plan("[tool.ruff]\nline-length = 100\n", scene: scene)
      #expect(
        String(decoding: plan.project.bytes, as: UTF8.self) == """
          [tool.ruff]
          line-length = 100

          [tool.uv.workspace]
          members = ["modules/shop"]

          [dependency-groups]
          dev = ["pytest>=8"]

          """)
      #expect(
        plan.project.additions.map(\.description) == [
          "tool.uv.workspace.members: modules/shop", "dependency-groups.dev: pytest>=8",
        ])
    }
  }

  @Test(
    "a pattern that has the directory already is enough",
    arguments: ["modules/*", "./modules/shop/", "**", "*/sh[ao]p", "modules/sho?"])
  func covered(pattern: String) async throws {
    try await ModuleScene.with { scene in
      let plan = try await plan(
        "[tool.uv.workspace]\nmembers = [\"\(pattern)\"]\n", scene: scene)
      #expect(!plan.project.additions.contains { $0.key == "tool.uv.workspace.members" })
    }
  }

  @Test(
    "a pattern for something else is not", arguments: ["modules", "*", "modules/*/*", "modules/s{hop,x}"])
  func notCovered(pattern: String) async throws {
    try await ModuleScene.with { scene in
      let plan = try await plan(
        "[tool.uv.workspace]\nmembers = [\"\(pattern)\"]\n", scene: scene)
      #expect(plan.project.additions.contains { $0.key == "tool.uv.workspace.members" })
    }
  }
}

@Suite("Hostile root projects")
struct HostileRootProjectTests {
  @Test(
    "what can't be added to is told at its line, with what to do",
    arguments: [
      ("[project\nname = 1", 1, "this is not TOML", "nothing was written"),
      ("[project]\nname = \"Shop\"\n", 2, "itself named 'shop'", "rename"),
      ("[project]\nname = \"a\"\ndynamic = [\"version\", \"dependencies\"]\n", 3, "dynamic", "add 'shop'"),
      (
        "[project]\nname = \"a\"\ndependencies = [\n  \"x\",\n  \"SHOP>=2\",\n]\n", 5, "a dependency named",
        "rename"
      ),
      (
        "[project]\nname = \"a\"\n[tool.uv.sources]\nshop = { path = \"x\" }\n", 4, "a source named", "rename"
      ),
      ("[project]\nname = \"a\"\ndependencies = \"x\"\n", 3, "is not a list", "correct it"),
      ("[project]\nname = \"a\"\ndependencies = [1]\n", 3, "not a string", "correct it"),
      ("[tool.uv]\nworkspace = 3\n", 2, "is not a", "correct it"),
      ("[[tool.uv.workspace]]\nmembers = []\n", 1, "is not a", "correct it"),
      ("project = 1\n", 1, "is not a table", "correct it"),
      (
        "[tool.uv.workspace]\nmembers = [\"x\"]\nexclude = [\n  \"y\",\n  \"modules/s*\",\n]\n", 5,
        "leaves out 'modules/shop'", "exclude"
      ),
    ])
  func refused(project: String, line: Int, problem: String, hint: String) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", #""devDependencies": ["pytest>=8"],"#)
      try scene.write(project, to: "shop/pyproject.toml")
      let module = try await scene.rendered("shop")
      let error = #expect(throws: ProjectError.self) {
        try AddPlan.make(adding: [module], to: scene.repository)
      }
      #expect(error?.position?.file == "pyproject.toml")
      #expect(error?.position?.line == line)
      #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
      #expect(error?.hint?.contains(hint) == true, "\(error?.hint ?? "")")
    }
  }

  @Test("a project in another encoding is refused")
  func encoding() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop")
      try writeAtomically(
        Array("[project]\nname = \"\u{E9}\"\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
        to: scene.repository.root.appending("pyproject.toml"))
      let module = try await scene.rendered("shop")
      #expect(throws: ProjectError.self) { try AddPlan.make(adding: [module], to: scene.repository) }
    }
  }

  @Test(
    "text that looks like tables in strings and comments is left alone",
    arguments: [
      "[project]\nname = \"a\"\ndescription = \"\"\"\n[tool.uv.workspace]\nmembers = [\"modules/shop\"]\n\"\"\"\n",
      "[project]\nname = \"a\"\ndescription = '''\ndependencies = [\n'''\nversion = '1'\n",
      "# [tool.uv.workspace]\n# members = []\n[project]\nname = \"a ] # \\\" [x]\"\nreadme = 'x # ]'\n",
      "[project]\nname = \"a\"\nx = [[1, [2, \"]\"]], { a = \"}\", b = [\"]\"] }] # ]\nd = 1979-05-27 07:32:00\n",
      "[project]\nname = \"a\"\n[\"tool\".'uv'.\"\\u0077orkspace\"]\nmembers = [\"\\\"]\\\\\"]\n",
      "[project]\nname = \"a\"\ny = \"\"\"a\"\"\"\"\"\nz = ''''a'''''\n",
      "project = { name = \"a\", version = \"1\" }\ntool = { uv = {} }\n",
      "[project]\nname=\"a\"\n[tool]\nuv.x = 1\n[tool.y]\n",
    ])
  func lookalikes(project: String) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", #""devDependencies": ["pytest>=8"],"#)
      try scene.write(project, to: "shop/pyproject.toml")
      let plan = try await scene.plan("shop")
      let text = String(decoding: plan.project.bytes, as: UTF8.self)
      let value = try TOMLValue.parse(text, file: "x", as: ProjectError.self)
      #expect(value[["project", "dependencies"]] == .array([.string("shop")]))
      #expect(value[["tool", "uv", "workspace", "members"]]?.array?.last == .string("modules/shop"))
      #expect(value[["tool", "uv", "sources", "shop", "workspace"]] == .boolean(true))
      #expect(value[["dependency-groups", "dev"]] == .array([.string("pytest>=8")]))
    }
  }
}
