import Model
import Projects
import SystemPackage
import Testing

@Suite("What running a module means")
struct EntryPointTests {
  @Test("its script of its own name, else its only one, else its package")
  func order() async throws {
    try await inRepository { scene in
      try scene.addModule("web-shop", more: "scripts = { a = \"x:a\", web_shop = \"x:b\" }")
      #expect(try EntryPoint(of: scene.module("web-shop")) == .script("web_shop"))
      try scene.addModule("web-shop", more: "scripts = { a = \"x:a\" }")
      #expect(try EntryPoint(of: scene.module("web-shop")) == .script("a"))
      try scene.addModule("web-shop", more: "scripts = { a = \"x:a\", b = \"x:b\" }")
      try scene.write("modules/web-shop/src/web_shop/__main__.py", "")
      #expect(try EntryPoint(of: scene.module("web-shop")) == .package("web_shop"))
    }
  }

  @Test("of one that has none of these is an error that says what it has")
  func none() async throws {
    try await inRepository { scene in
      try scene.addModule("web", more: "scripts = { a = \"x:a\", b = \"x:b\" }")
      let error = #expect(throws: ProjectsError.noEntryPoint("web", scripts: ["a", "b"])) {
        try EntryPoint(of: scene.module("web"))
      }
      #expect(error?.hint?.hasPrefix("its scripts are a, b; add web = ") == true)
    }
  }

  @Test("a directory of the script's name is not taken for the program")
  func collision() async throws {
    try await inRepository { scene in
      try makeDirectory(scene.root.appending("etl"))
      #expect(EntryPoint.script("etl").words(in: scene.root) == ["/usr/bin/env", "etl"])
      #expect(EntryPoint.script("web").words(in: scene.root) == ["web"])
      #expect(EntryPoint.package("etl").words(in: scene.root) == ["python", "-m", "etl"])
    }
  }
}
