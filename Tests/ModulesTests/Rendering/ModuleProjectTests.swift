import ConfigMerge
import Model
import Modules
import TOMLFiles
import Testing

@Suite("The pyproject.toml of an added module")
struct ModuleProjectTests {
  private func project(_ module: RenderedModule) throws -> TOMLValue {
    let bytes = try #require(module.file(at: "pyproject.toml")).bytes
    return try TOMLValue.parse(
      String(decoding: bytes, as: UTF8.self), file: "pyproject.toml", as: ProjectError.self)
  }

  @Test("it is a whole project: metadata, requirements, script, build system")
  func whole() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("etl")
      try scene.makeModule(
        "shop",
        """
        "python": ">=3.12", "entryPoint": "shop.cli:main", "needs": ["etl>=1"], "devDependencies": ["pytest>=8"],
        "options": [{"name": "type", "type": "choice", "choices": ["a", "b"], "default": "a", "help": "h"}],
        "dependencies": ["numpy>=2", {"requirement": "scipy", "when": {"type": "b"}}, {"requirement": "polars[x]; sys_platform == 'linux'", "when": {"type": "a"}}],
        """)
      let project = try project(try await scene.rendered("shop"))
      #expect(project[["project", "name"]] == .string("shop"))
      #expect(project[["project", "readme"]] == .string("README.md"))
      #expect(project[["project", "requires-python"]] == .string(">=3.12"))
      #expect(
        project[["project", "dependencies"]]?.array == [
          .string("numpy>=2"), .string("polars[x]; sys_platform == 'linux'"), .string("etl>=1"),
        ])
      #expect(project[["project", "scripts", "shop"]] == .string("shop.cli:main"))
      #expect(project[["dependency-groups", "dev"]] == .array([.string("pytest>=8")]))
      #expect(project[["tool", "uv", "sources", "etl", "workspace"]] == .boolean(true))
      #expect(project[["build-system", "build-backend"]] == .string("uv_build"))
    }
  }

  @Test("it records source, version, options and the digest of every file")
  func record() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "shop",
        """
        "options": [{"name": "t", "type": "text", "default": "a \\"b\\" \\\\ c\\n\\u0001", "help": "h"},
                    {"name": "n", "type": "number", "default": 1e-7, "help": "h"},
                    {"name": "b", "type": "boolean", "default": false, "help": "h"}],
        """)
      let module = try await scene.rendered("shop")
      let record = try #require(try project(module)[["tool", "ppp", "module"]])
      #expect(record["source"] == .string("../source/shop"))
      #expect(record["version"] == .string("1.0.0"))
      #expect(record[["options", "t"]] == .string("a \"b\" \\ c\n\u{1}"))
      #expect(record[["options", "n"]] == .number(1e-7))
      #expect(record[["options", "b"]] == .boolean(false))
      #expect(record["files"]?.table?.keys.sorted() == module.files.map(\.path))
    }
  }
}
