import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Rendering")
struct RenderTests {
  private static let typed = """
    "options": [{"name": "type", "type": "choice", "choices": ["linear", "loglog"], "default": "loglog", "help": "h"},
                {"name": "rows", "type": "integer", "help": "how many"}],
    """

  @Test("files, directories and patterns go where the entries say")
  func targets() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "demand-classes",
        files: """
          {"from": "src"}, {"from": "docs/*.md", "to": "notes"}, {"from": "a.txt", "to": "b/"},
          {"from": "a.txt", "to": "{{ package }}/Dockerfile.{{ name }}"}, {"from": "README.md"},
          {"from": "data", "to": "."}
          """)
      try scene.write("x", to: "source/demand-classes/docs/x.md")
      try scene.write("y", to: "source/demand-classes/docs/y.txt")
      try scene.write("z", to: "source/demand-classes/docs/deep/z.md")
      try scene.write("a", to: "source/demand-classes/a.txt")
      try scene.write("d", to: "source/demand-classes/data/d/e.csv")
      let module = try await scene.rendered("demand-classes")
      #expect(
        module.files.map(\.path) == [
          "README.md", "b/a.txt", "d/e.csv", "demand_classes/Dockerfile.demand-classes", "notes/x.md",
          "pyproject.toml", "src/demand_classes/__init__.py",
        ])
    }
  }

  @Test("what Python, git and macOS leave behind is not copied, nor is the manifest")
  func neverCopied() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", files: #"{"from": "."}"#)
      for junk in [
        "src/shop/__pycache__/a.pyc", "src/shop/b.pyc", "src/.git/config", ".DS_Store", "src/.DS_Store",
      ] { try scene.write("x", to: "source/shop/\(junk)") }
      let module = try await scene.rendered("shop")
      #expect(module.files.map(\.path) == ["README.md", "pyproject.toml", "src/shop/__init__.py"])
    }
  }

  @Test("conditions choose by option, and the template sees the same options")
  func options() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "shop", Self.typed + #""notes": "rows={{ rows }}","#,
        files: """
          {"from": "src"}, {"from": "l.py", "to": "model.py", "when": {"type": "loglog"}},
          {"from": "n.py", "to": "model.py", "when": {"type": ["linear"]}, "template": true}
          """)
      try scene.write("log {{ x }}\n", to: "source/shop/l.py")
      try scene.write("{{ type }} {{ python }}\n", to: "source/shop/n.py")
      let first = try await scene.rendered("shop", ["rows": .integer(3)])
      #expect(first.file(at: "model.py")?.bytes == Array("log {{ x }}\n".utf8))
      #expect(first.notes == "rows=3")
      let second = try await scene.rendered("shop", ["rows": .integer(3), "type": .text("linear")])
      #expect(second.file(at: "model.py")?.bytes == Array("linear 3.11\n".utf8))
    }
  }

  @Test("a file that may be run stays so, whether copied or made by a template")
  func executable() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "shop", files: #"{"from": "src"}, {"from": "run"}, {"from": "run", "to": "made", "template": true}"#)
      try scene.write("#!/bin/sh\n", to: "source/shop/run")
      chmod(scene.source.appending("shop/run").string, 0o755)
      let module = try await scene.rendered("shop")
      #expect(module.files.filter(\.isExecutable).map(\.path) == ["made", "run"])
    }
  }

  @Test("a relative link to a file of the module is copied as that file")
  func links() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", files: #"{"from": "src"}, {"from": "l"}"#)
      try scene.link("source/shop/l", to: "README.md")
      try scene.link("source/shop/src/shop/m.py", to: "../../README.md")
      let module = try await scene.rendered("shop")
      #expect(module.file(at: "l")?.bytes == Array("# shop\n".utf8))
      #expect(module.file(at: "src/shop/m.py")?.bytes == Array("# shop\n".utf8))
    }
  }

  @Test("the same module with the same options is the same to the byte")
  func deterministic() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", Self.typed)
      let first = try await scene.rendered("shop", ["rows": .integer(3)])
      let second = try await scene.rendered("shop", ["rows": .integer(3)])
      #expect(first.files == second.files)
    }
  }

  @Test("option errors name the module and what it knows")
  func optionErrors() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", Self.typed)
      let manifest = try await scene.find("shop").manifest
      let name = manifest.name
      #expect(throws: RenderingError.unknownOption("tpye", of: name, known: ["type", "rows"])) {
        try manifest.completing(["tpye": .text("x")])
      }
      #expect(throws: RenderingError.missingOptions([manifest.options[1]], of: name)) {
        try manifest.completing([:])
      }
      #expect(throws: RenderingError.wrongValue(.text("cubic"), manifest.options[0], of: name)) {
        try manifest.completing(["type": .text("cubic"), "rows": .integer(1)])
      }
      #expect(manifest.missingOptions(given: [:]).map(\.name) == ["rows"])
    }
  }
}
