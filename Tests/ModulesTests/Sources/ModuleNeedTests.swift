import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

@Suite("What modules need") struct ModuleNeedTests {
  private func names(_ modules: [FoundModule]) -> [String] {
    modules.map { "\($0.manifest.name)@\($0.manifest.version)" }
  }

  @Test("needed modules come first, each once")
  func order() async throws {
    try await ShelfScene.with { scene in
      try scene.module("top", in: "m/top", needs: ["left", "right>=1"])
      try scene.module("left", in: "m/left", needs: ["base"])
      try scene.module("right", in: "m/right", needs: ["base>=1,<2"])
      try scene.module("base", in: "m/base")
      let shelf = try scene.shelf("m")
      #expect(
        try names(await shelf.closure(of: [reference("top")])) == [
          "base@1.0", "left@1.0", "right@1.0", "top@1.0",
        ])
      #expect(
        try names(await shelf.closure(of: [reference("base"), reference("left")])) == [
          "base@1.0", "left@1.0",
        ])
      #expect(try names(await shelf.closure(of: [reference("base"), reference("base")])) == ["base@1.0"])
    }
  }

  @Test("a need takes the first source that has a version in its range")
  func range() async throws {
    try await ShelfScene.with { scene in
      try scene.module("top", in: "m/top", needs: ["base>=2"])
      try scene.module("base", "1.0", in: "m/base")
      try scene.module("base", "2.1", in: "n/base")
      let shelf = try scene.shelf("m", "n")
      #expect(try names(await shelf.closure(of: [reference("top")])) == ["base@2.1", "top@1.0"])
      let asked = await #expect(throws: SourceError.self) {
        try await shelf.closure(of: [reference("top"), reference("base@1.0")])
      }
      #expect(asked?.description == "'top' needs 'base>=2', and there is 1.0")
      #expect(asked?.position?.file == "m/top/module.json")
    }
  }

  @Test("a circle is refused with every name in it")
  func cycle() async throws {
    try await ShelfScene.with { scene in
      try scene.module("start", in: "m/start", needs: ["a"])
      try scene.module("a", in: "m/a", needs: ["b"])
      try scene.module("b", in: "m/b", needs: ["c"])
      try scene.module("c", in: "m/c", needs: ["a"])
      let error = await #expect(throws: SourceError.self) {
        try await scene.shelf("m").closure(of: [reference("start")])
      }
      #expect(error?.description == "modules need each other in a circle: a → b → c → a")
      #expect(error?.position == SourcePosition(file: "m/c/module.json", line: 1, column: 64))
    }
  }

  @Test("a need that nothing meets names who needs it and what there is")
  func unmet() async throws {
    try await ShelfScene.with { scene in
      try scene.module("top", in: "m/top", needs: ["base>=2"])
      try scene.module("base", "1.0", in: "m/base")
      try scene.module("other", in: "m/other", needs: ["bse"])
      let shelf = try scene.shelf("m")
      let unmet = await #expect(throws: SourceError.self) { try await shelf.closure(of: [reference("top")]) }
      #expect(unmet?.description == "'top' needs 'base>=2', and there is 1.0")
      let unknown = await #expect(throws: SourceError.self) {
        try await shelf.closure(of: [reference("other")])
      }
      #expect(unknown?.description == "'other' needs 'bse', which no source has")
      #expect(unknown?.hint == "did you mean 'base'?")
      await #expect(throws: SourceError.self) {
        try await shelf.closure(of: [reference("base@1"), reference("base@2")])
      }
    }
  }
}
