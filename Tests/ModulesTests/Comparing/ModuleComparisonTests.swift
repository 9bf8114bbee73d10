import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

@Suite("ModuleComparison")
struct ModuleComparisonTests {
  @Test("a module that nobody changed is neither outdated nor changed")
  func unchanged() async throws {
    try await inScene { scene in
      let comparison = try await scene.comparison()
      #expect(!comparison.isOutdated)
      #expect(!comparison.isChangedHere)
      #expect(comparison.files.map(\.path) == ["README.md", "pyproject.toml", "src/shop/__init__.py"])
    }
  }

  @Test("what the user changed is the user's, with what it was")
  func changedHere() async throws {
    try await inScene { scene in
      try scene.write("mine\n", to: "repository/modules/shop/README.md")
      let comparison = try await scene.comparison()
      let file = try #require(comparison.files.first { $0.path == "README.md" })
      #expect(file.here == .changed)
      #expect(file.inSource == .unchanged)
      #expect(file.base == Array("read me\n".utf8))
      #expect(!comparison.isOutdated)
    }
  }

  @Test("what the source changed makes a module outdated, a new version too")
  func changedInSource() async throws {
    try await inScene { scene in
      try scene.write("better\n", to: "source/shop/README.md")
      try scene.writeManifest(version: "1.1")
      let comparison = try await scene.comparison()
      #expect(comparison.isOutdated)
      #expect(comparison.sourceVersion.description == "1.1")
      let changed = comparison.files.filter { $0.inSource == .changed }.map(\.path)
      #expect(changed == ["README.md", "pyproject.toml"])
    }
  }

  @Test("what both changed is a conflict, unless both have the same now")
  func changedInBoth() async throws {
    try await inScene { scene in
      try scene.write("theirs\n", to: "source/shop/README.md")
      try scene.write("mine\n", to: "repository/modules/shop/README.md")
      #expect(try await scene.comparison().files.first { $0.path == "README.md" }?.isConflict == true)
      try scene.write("theirs\n", to: "repository/modules/shop/README.md")
      #expect(try await scene.comparison().files.first { $0.path == "README.md" }?.isConflict == false)
    }
  }

  @Test("files that came and went are told by side")
  func addedAndRemoved() async throws {
    try await inScene { scene in
      try scene.write("", to: "source/shop/src/shop/new.py")
      try removeTree(scene.directory.appending("repository/modules/shop/README.md"))
      let comparison = try await scene.comparison()
      #expect(comparison.files.first { $0.path == "src/shop/new.py" }?.inSource == .added)
      #expect(comparison.files.first { $0.path == "README.md" }?.here == .removed)
    }
  }

  @Test("a module without ppp's record is the repository's own")
  func notAdded() async throws {
    try await inScene { scene in
      try scene.write("[project]\nname = \"own\"\n", to: "repository/modules/own/pyproject.toml")
      #expect(try AddedModule.all(in: scene.repository).map(\.name.description) == ["shop"])
    }
  }

  @Test("a record that lacks its version is an error at its table")
  func badRecord() async throws {
    try await inScene { scene in
      let text = "[project]\nname = \"bad\"\n\n[tool.ppp.module]\nsource = \"x\"\n"
      try scene.write(text, to: "repository/modules/bad/pyproject.toml")
      let file = "modules/bad/pyproject.toml"
      let error = AddedModuleError.badValue(
        file: file, line: 4, key: "tool.ppp.module.version", problem: "is missing")
      #expect(throws: error) { try AddedModule.all(in: scene.repository) }
    }
  }
}

/// A source with the module `shop`, and a repository that it was added to.
private struct Scene {
  let directory: FilePath

  var repository: Repository { Repository(root: directory.appending("repository")) }

  private var shelf: ModuleShelf {
    get throws {
      let source = try ModuleSource(parsing: directory.appending("source").string, relativeTo: directory)
      return ModuleShelf(sources: [source], cache: directory.appending("cache"))
    }
  }

  func write(_ text: String, to path: String) throws {
    let file = directory.pushing(FilePath(path))
    try makeDirectory(file.removingLastComponent())
    try writeAtomically(Array(text.utf8), to: file)
  }

  func writeManifest(version: String) throws {
    try write(
      """
      {"name": "shop", "version": "\(version)", "summary": "A shop", "python": ">=3.11",
       "files": [{"from": "src"}, {"from": "README.md"}]}
      """, to: "source/shop/module.json")
  }

  func add() async throws {
    let found = try await shelf.find(ModuleReference(parsing: "shop"))
    let rendered = try render(found)
    for file in rendered.files {
      try write(String(decoding: file.bytes, as: UTF8.self), to: "repository/modules/shop/\(file.path)")
    }
  }

  func comparison() async throws -> ModuleComparison {
    let module = try #require(try AddedModule.all(in: repository).first)
    let found = try await shelf.find(ModuleReference(parsing: "shop"))
    return try ModuleComparison(module, with: found, original: found)
  }
}

private func inScene(_ body: (Scene) async throws -> Void) async throws {
  try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-comparing-") { directory in
    let scene = Scene(directory: try realPath(directory))
    try scene.writeManifest(version: "1.0")
    try scene.write("read me\n", to: "source/shop/README.md")
    try scene.write("", to: "source/shop/src/shop/__init__.py")
    try await scene.add()
    try await body(scene)
  }
}
