import FoundationEssentials
import Model
import SystemPackage
import Testing

@testable import ppp

@Suite("ppp add module")
struct AddModuleCommandTests {
  private static let sources = ModuleFiles.sales.at("lib/sales").merging(ModuleFiles.report.at("lib/report"))
  { $1 }

  /// Gives the body a scene with both modules in `lib`, and a function that adds from there to `project`.
  private func inRepository(
    _ files: [String: String] = [:],
    _ body: (Scene, (String...) async throws -> Scene.Ending) async throws -> Void
  ) async throws {
    try await inScene(Self.sources.merging(files) { $1 }) { scene in
      try await body(scene) { (arguments: String...) in
        try await scene.run(["add", "module"] + arguments + ["--from", "lib", "--into", "project"])
      }
    }
  }

  @Test("says what the module takes and gives, then what was written, then what the module has to say")
  func adds() async throws {
    try await inRepository { scene, add in
      let ending = try await add("sales")
      #expect(
        ending.output == """
          sales 1.0.0
          Sum sales, product by product

          takes   sales.csv   one row a sale: product, units
          gives   totals.csv  one row a product
          option  unit=piece

          new      modules/sales/Dockerfile.sales
          new      modules/sales/README.md
          new      modules/sales/pyproject.toml
          new      modules/sales/src/sales/__init__.py
          new      modules/sales/src/sales/__main__.py
          new      modules/sales/src/sales/cli.py
          new      modules/sales/tests/test_sales.py
          new      pyproject.toml

          Try it: uv run sales sales.csv

          """, "\(ending)")
      #expect(ending.errors == "next: uv sync, then uv run pytest modules\n")
      #expect(ending.status == 0)
      #expect(try scene.read("project/modules/sales/README.md") == "# sales\n\nCounts by the piece.\n")
      #expect(try scene.read("project/pyproject.toml").contains("sales"))
    }
  }

  @Test("added twice, there is nothing to do")
  func twice() async throws {
    try await inRepository { scene, add in
      _ = try await add("sales", "--option", "unit=box")
      let again = try await add("sales")
      #expect(again.status == 0)
      #expect(again.errors == "nothing to do: all of it is there already\n")
      #expect(again.output.contains("unit=box"), "the options that it was added with stay")
    }
  }

  @Test("a needed module comes with it, and one that is there already stays as it is")
  func needs() async throws {
    try await inRepository { scene, add in
      let ending = try await add("report", "--option", "title=June")
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.output.contains("needed  by report\n"))
      #expect(try scene.read("project/modules/report/src/report/title.txt") == "June\n")
      #expect(scene.has("project/modules/sales/pyproject.toml"))
    }
    try await inRepository { scene, add in
      _ = try await add("sales")
      try scene.write("project/modules/sales/README.md", "mine\n")
      let ending = try await add("report", "--option", "title=June")
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.output.contains("needed and there already: sales 1.0.0\n"))
      #expect(try scene.read("project/modules/sales/README.md") == "mine\n")
    }
  }

  @Test("a file that differs is left, listed and exit code 1; --overwrite writes over it")
  func differing() async throws {
    try await inRepository { scene, add in
      _ = try await add("sales")
      try scene.write("project/modules/sales/README.md", "mine\n")
      let left = try await add("sales", "--diff")
      #expect(left.status == 1)
      #expect(left.output.contains("differs  modules/sales/README.md\n"))
      #expect(left.output.contains("\n-mine\n+# sales\n"), "\(left)")
      #expect(left.errors == "1 file differs and is left: see how with --diff, write over with --overwrite\n")
      #expect(try scene.read("project/modules/sales/README.md") == "mine\n")
      let over = try await add("sales", "--overwrite")
      #expect(over.status == 0, "\(over)")
      #expect(over.output.contains("changed  modules/sales/README.md\n"))
      #expect(try scene.read("project/modules/sales/README.md").hasPrefix("# sales"))
    }
  }

  @Test(
    "on a terminal a file that differs is shown and asked about; no is the default", arguments: ["y\n", "\n"])
  func asked(typed: String) async throws {
    try await inRepository { scene, add in
      _ = try await add("sales")
      try scene.write("project/modules/sales/README.md", "mine\n")
      let ending = try await scene.run(
        ["add", "module", "sales", "--from", "lib", "--into", "project"], typing: typed)
      #expect(ending.errors.contains("\n-mine\n+# sales\n"), "\(ending)")
      #expect(ending.errors.contains("overwrite 'modules/sales/README.md'? [y/N] "))
      #expect(ending.status == (typed == "y\n" ? 0 : 1))
      #expect(try scene.read("project/modules/sales/README.md").hasPrefix("mine") == (typed == "\n"))
    }
  }

  @Test("an option without a default is asked for on a terminal, else the error says which to give")
  func missingOption() async throws {
    try await inRepository { scene, add in
      let asked = try await scene.run(
        ["add", "module", "report", "--from", "lib", "--into", "project"], typing: "July\n")
      #expect(asked.status == 0, "\(asked)")
      #expect(
        asked.errors.contains("report has the option 'title': what stands above\ntitle (text): "), "\(asked)")
      #expect(try scene.read("project/modules/report/src/report/title.txt") == "July\n")
    }
    try await inRepository { scene, add in
      let ending = try await add("report")
      #expect(ending.status == 64)
      #expect(
        ending.errors == """
          error: 'report' has to be told its option 'title'
            hint: add --option title=TEXT; it is what stands above

          """)
      #expect(!scene.has("project"))
    }
  }

  @Test("a dry run writes nothing and prints the plan")
  func dryRun() async throws {
    try await inRepository { scene, add in
      let ending = try await add("sales", "--dry-run")
      #expect(ending.output.contains("new      modules/sales/README.md\n"))
      #expect(ending.errors == "nothing was written: this is a dry run\n")
      #expect(!scene.has("project"))
      let json = try await add("sales", "--dry-run", "--format", "json")
      #expect(json.output.contains("\"isDryRun\" : true"), "\(json)")
      #expect(!scene.has("project"))
    }
  }

  @Test(
    "what is wrong is said, and nothing is written",
    arguments: [
      (["sale"], "did you mean 'sales'?", Int32(1)), (["sales@9"], "there is 1.0.0", 1),
      (["sales", "--option", "unti=box"], "did you mean 'unit'?", 64),
      (["sales", "--option", "unit=bax"], "did you mean 'box'?", 64),
      (["sales", "--option", "unit"], "write it as KEY=VALUE", 64),
      (["sales", "--option", "sale.unit=box"], "did you mean 'sales.unit'?", 64),
      (["sales", "--option", "unit=box", "--option", "unit=box"], "is given twice", 64),
      (["class"], "Python keyword", 64), (["json"], "standard library", 64),
      (["build"], "command of ppp", 64),
    ])
  func wrong(arguments: [String], hint: String, status: Int32) async throws {
    try await inRepository { scene, add in
      let ending = try await scene.run(
        ["add", "module"] + arguments + ["--from", "lib", "--into", "project"])
      #expect(ending.status == status, "\(ending)")
      #expect(ending.errors.contains(hint), "\(ending)")
      #expect(!scene.has("project"))
    }
  }

  @Test("a template that is wrong is told with its line and a caret, and nothing is written")
  func wrongTemplate() async throws {
    let files = ModuleFiles.sales.replacing("README.md", with: "# {{ name }}\n{{ untt }}\n").at("lib/sales")
    try await inRepository(files) { scene, add in
      let ending = try await add("sales")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("README.md:2:4: error: "), "\(ending)")
      #expect(ending.errors.contains("\n    {{ untt }}\n       ^\n"), "\(ending)")
      #expect(ending.errors.contains("'unit'"))
      #expect(!scene.has("project"))
    }
  }

  @Test("a directory of that name that is somebody's own is left alone")
  func foreign() async throws {
    try await inRepository(["project/modules/sales/own.py": "x = 1\n"]) { scene, add in
      let ending = try await add("sales")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("is no module that ppp added"), "\(ending)")
      #expect(try scene.files(in: "project") == ["modules/sales/own.py"])
    }
  }

  @Test("a git host that is down is said, and nothing is written")
  func noHost() async throws {
    try await inScene { scene in
      let ending = try await scene.run(
        "add", "module", "sales", "--from", "git+http://127.0.0.1:9/x.git@v1", "--into", "project")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("error: git cannot read 'http://127.0.0.1:9/x.git'"), "\(ending)")
      #expect(!scene.has("project"))
    }
  }

  @Test("in a workspace, sources are its modules and those that it names")
  func inWorkspace() async throws {
    let files = [
      "shared-config.json": #"{"modules": {"sources": ["lib"]}}"#
    ]
    try await inScene(Self.sources.merging(files) { $1 }) { scene in
      let ending = try await scene.run("add", "module", "sales")
      #expect(ending.status == 0, "\(ending)")
      #expect(scene.has("modules/sales/pyproject.toml"))
    }
  }
}
