import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Modules that would write where they may not, or read what is not theirs.
@Suite("Hostile modules")
struct HostileModuleTests {
  private static let place = #""options": [{"name": "place", "type": "text", "help": "h"}],"#

  @Test(
    "a target that a template makes stays inside the module",
    arguments: [
      "..", "../x", "a/../../x", "/etc/x", "a//b", "a\\b", "a\nb", "", "pyproject.toml", "PyProject.TOML",
      ".git/hooks/post-checkout", "a/.GIT/config", String(repeating: "x", count: 300), "\u{7F}",
    ])
  func escapes(target: String) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "shop", Self.place, files: #"{"from": "src"}, {"from": "README.md", "to": "{{ place }}"}"#)
      let module = try await scene.find("shop")
      let error = #expect(throws: RenderingError.self) {
        try render(module, options: ["place": .text(target)])
      }
      guard case .badTarget = error else {
        Issue.record("it is \(String(describing: error))")
        return
      }
      #expect(error?.position?.file.hasSuffix("shop/module.json") == true)
    }
  }

  @Test("a name with a NUL in it is refused before the system sees it")
  func nul() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "shop", Self.place, files: #"{"from": "src"}, {"from": "README.md", "to": "{{ place }}"}"#)
      let module = try await scene.find("shop")
      #expect(throws: RenderingError.self) { try render(module, options: ["place": .text("a\0b")]) }
    }
  }

  @Test(
    "two entries may not write to one place, by any spelling",
    arguments: ["README.md", "readme.md", "README.md/x", "./README.md", "src/shop"])
  func collisions(target: String) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule(
        "shop", Self.place,
        files: #"{"from": "src"}, {"from": "README.md"}, {"from": "README.md", "to": "{{ place }}"}"#)
      let module = try await scene.find("shop")
      let error = #expect(throws: RenderingError.self) {
        try render(module, options: ["place": .text(target)])
      }
      guard case .sameTarget = error else {
        Issue.record("it is \(String(describing: error))")
        return
      }
    }
  }

  @Test(
    "links that are absolute, lead out, or to a directory are refused",
    arguments: ["/etc/passwd", "../../../secret", "../secret", "nothing", "src", "loop", "out/../../secret"])
  func links(target: String) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", files: #"{"from": "src"}, {"from": "linked"}"#)
      try scene.write("secret", to: "secret")
      try scene.write("secret", to: "source/secret")
      try scene.link("source/shop/linked/loop", to: "loop")
      try removeTree(scene.source.appending("shop/linked/loop"))
      try scene.link(
        "source/shop/linked/\(target == "loop" ? "loop" : "x")",
        to: target == "src" ? "../src" : target == "../secret" ? "../../secret" : target)
      let module = try await scene.find("shop")
      let error = #expect(throws: RenderingError.self) { try render(module) }
      guard case .badLink = error else {
        Issue.record("it is \(String(describing: error))")
        return
      }
    }
  }

  @Test("a directory reached over a link is refused, inside the module too")
  func linkedDirectory() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", files: #"{"from": "src"}, {"from": "other/x.txt"}"#)
      try scene.write("secret", to: "outside/x.txt")
      try scene.link("source/shop/other", to: "../../outside")
      let module = try await scene.find("shop")
      #expect(throws: RenderingError.self) { try render(module) }
    }
  }

  @Test("a named pipe is refused and not waited for")
  func pipe() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop")
      #expect(mkfifo(scene.source.appending("shop/src/pipe").string, 0o644) == 0)
      let module = try await scene.find("shop")
      let error = #expect(throws: RenderingError.self) { try render(module) }
      guard case .notAFile = error else {
        Issue.record("it is \(String(describing: error))")
        return
      }
    }
  }

  @Test("a binary file that is called a template is refused by name")
  func binary() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", files: #"{"from": "src"}, {"from": "x.bin", "template": true}"#)
      try writeAtomically([0x61, 0xFF, 0x00], to: scene.source.appending("shop/x.bin"))
      let module = try await scene.find("shop")
      let error = #expect(throws: TemplateError.self) { try render(module) }
      #expect(error?.position?.file.hasSuffix("shop/x.bin") == true)
      #expect(error?.position?.column == 2)
    }
  }

  @Test("a module without a package is refused, and so is a pattern that matches nothing")
  func incomplete() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop", files: #"{"from": "README.md"}"#)
      try scene.makeModule("etl", files: #"{"from": "src"}, {"from": "*.csv"}"#)
      let (shop, etl) = (try await scene.find("shop"), try await scene.find("etl"))
      #expect(throws: RenderingError.self) { try render(shop) }
      let error = #expect(throws: RenderingError.self) { try render(etl) }
      guard case .nothingToCopy("*.csv", _) = error else {
        Issue.record("it is \(String(describing: error))")
        return
      }
    }
  }
}
