import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

@Suite("Shelves of modules") struct ModuleShelfTests {
  @Test("a reference is a name with or without a version")
  func references() throws {
    #expect(try reference("etl@1.0").description == "etl@1.0")
    #expect(try reference("etl").version == nil)
    for text in ["etl@", "@1", "etl@x", "etl@1@2", "Etl", ""] {
      #expect(throws: ParseError.self) { try ModuleReference(parsing: text) }
    }
  }

  @Test("a source is a module or a directory of modules, and the first source wins")
  func firstWins() async throws {
    try await ShelfScene.with { scene in
      try scene.module("b", "1.0", in: "modules/b")
      try scene.module("a", "1.0", in: "modules/a")
      try scene.module("b", "2.0", in: "other")
      try scene.module("c", "3.0", in: "third/whatever")
      try scene.write([
        "modules/notes/README.md": "", "modules/README.md": "", "modules/.hidden/module.json": "x",
      ])
      let shelf = try scene.shelf("modules", "other", "third")
      let all = try await shelf.all()
      #expect(all.map { "\($0.manifest.name)@\($0.manifest.version)" } == ["a@1.0", "b@1.0", "c@3.0"])
      #expect(all[1].manifest.file == "modules/b/module.json")
      #expect(try await shelf.find(reference("b")).manifest.version.description == "1.0")
      let second = try await shelf.find(reference("b@2"))
      #expect(second.directory == scene.root.appending("other"))
      #expect(try await shelf.find(reference("c")).directory == scene.root.appending("third/whatever"))
      #expect(scene.events.diagnostics.isEmpty)
    }
  }

  @Test("a module is found again by its reference, absolute or as seen from a repository")
  func references2() async throws {
    try await ShelfScene.with { scene in
      try scene.module("a", in: "modules/a")
      let shelf = try scene.shelf("modules")
      let found = try await shelf.find(reference("a"))
      #expect(found.reference == scene.root.appending("modules/a").string)
      let relative = found.reference(relativeTo: scene.root.appending("repository/x"))
      #expect(relative == "../../modules/a")
      let again = try await shelf.module(
        atReference: relative, relativeTo: scene.root.appending("repository/x"))
      #expect(again.directory == found.directory)
      #expect(found.reference(relativeTo: scene.root.appending("modules/a")) == ".")
      await #expect(throws: SourceError.self) {
        try await shelf.module(atReference: "modules", relativeTo: scene.root)
      }
    }
  }

  @Test("what is wrong with one module or source is told, and hides no other")
  func diagnostics() async throws {
    try await ShelfScene.with { scene in
      try scene.module("a", in: "modules/a")
      try scene.write(["modules/bad/module.json": "{\"name\": \"bad\"}"])
      let shelf = try scene.shelf("modules", "missing")
      #expect(try await shelf.all().map(\.manifest.name.description) == ["a"])
      let messages = scene.events.diagnostics.map { "\($0.position.map { "\($0): " } ?? "")\($0.message)" }
      #expect(
        messages.sorted() == [
          "modules/bad/module.json:1:1: 'files' is missing",
          "modules/bad/module.json:1:1: 'summary' is missing",
          "modules/bad/module.json:1:1: 'version' is missing", "the source 'missing' is not there",
        ])
      await #expect(throws: ConfigurationErrors.self) { try await shelf.find(reference("bad")) }
      #expect(try await shelf.find(reference("a")).manifest.name.description == "a")
    }
  }

  @Test("a source that can't be read stops the search behind it: it might have the module")
  func missingSource() async throws {
    try await ShelfScene.with { scene in
      try scene.module("a", in: "modules/a")
      let shelf = try scene.shelf("missing", "modules")
      await #expect(throws: SourceError.missingDirectory(scene.root.appending("missing"), shownAs: "missing"))
      {
        try await shelf.find(reference("a"))
      }
      let own = ModuleShelf(
        sources: [.workspace(at: scene.root.appending("nowhere")), try scene.source("modules")],
        cache: scene.cache)
      #expect(try await own.find(reference("a")).manifest.name.description == "a")
    }
  }

  @Test("an unknown module offers the nearest name, an unknown version those that there are")
  func unknown() async throws {
    try await ShelfScene.with { scene in
      try scene.module("elasticity", "1.0", in: "modules/elasticity")
      try scene.module("elasticity", "2.0", in: "other/elasticity")
      let shelf = try scene.shelf("modules", "other")
      let unknown = await #expect(throws: SourceError.self) { try await shelf.find(reference("elasticiy")) }
      #expect(unknown?.description == "there is no module 'elasticiy'")
      #expect(unknown?.hint == "did you mean 'elasticity'?")
      let version = await #expect(throws: SourceError.self) {
        try await shelf.find(reference("elasticity@3"))
      }
      #expect(version?.description == "there is no 'elasticity@3'")
      #expect(version?.hint == "there is 1.0, 2.0")
    }
  }

  @Test("a search finds words in names and summaries, names first")
  func search() async throws {
    try await ShelfScene.with { scene in
      try scene.module("load", in: "m/load")
      try scene.module("etl", in: "m/etl")
      try scene.write(
        [
          "m/b/module.json":
            "{\"name\": \"b\", \"version\": \"1\", \"summary\": \"Unlike load\", \"files\": []}"
        ])
      let shelf = try scene.shelf("m")
      #expect(try await shelf.search("LOAD").map(\.manifest.name.description) == ["load", "b"])
      #expect(try await shelf.search("unlike load").map(\.manifest.name.description) == ["b"])
      #expect(try await shelf.search("").count == 3)
      #expect(try await shelf.search("nothing").isEmpty)
    }
  }

  @Test("two directories of one source with one name: the first counts, and a warning says so")
  func twice() async throws {
    try await ShelfScene.with { scene in
      try scene.module("a", "1.0", in: "m/x")
      try scene.module("a", "2.0", in: "m/y")
      #expect(try await scene.shelf("m").all().map(\.manifest.version.description) == ["1.0"])
      #expect(scene.events.diagnostics.map(\.message) == ["the module 'a' is there twice"])
    }
  }
}
