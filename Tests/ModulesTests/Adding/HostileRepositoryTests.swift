import Model
import Modules
import SystemPackage
import Testing

@Suite("Hostile repositories")
struct HostileRepositoryTests {
  /// Makes a repository with what `prepare` puts there, and expects that nothing can be planned and nothing was written.
  private func refused(
    _ expected: AddError, _ prepare: (ModuleScene) throws -> Void
  ) async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop_part")
      try prepare(scene)
      let before = try scene.snapshot()
      let module = try await scene.rendered("shop_part")
      #expect(throws: expected) { try AddPlan.make(adding: [module], to: scene.repository) }
      #expect(try scene.snapshot() == before)
    }
  }

  @Test(
    "a link that leads out of the repository, or to nothing, is refused",
    arguments: ["modules", "modules/shop_part", "modules/shop_part/src"],
    ["../../outside", "/tmp", "nothing"])
  func leaving(path: String, target: String) async throws {
    try await refused(.linkLeaves(path, target: target)) { try $0.link("shop/\(path)", to: target) }
  }

  @Test("a link to a file outside is refused where a file is to be written")
  func leavingFile() async throws {
    try await refused(.linkLeaves("pyproject.toml", target: "../secret.toml")) { scene in
      try scene.write("[project]\nname = \"x\"\n", to: "secret.toml")
      try scene.link("shop/pyproject.toml", to: "../secret.toml")
    }
  }

  @Test("a link within the repository is followed")
  func within() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop_part")
      try scene.write("", to: "shop/parts/README.md")
      try scene.link("shop/modules", to: "parts")
      _ = try await scene.plan("shop_part").apply()
      #expect(try scene.text("shop/parts/shop_part/README.md") == "# shop_part\n")
    }
  }

  @Test("a file where a directory is needed is in the way")
  func fileInTheWay() async throws {
    try await refused(.inTheWay("modules", isDirectory: false)) { try $0.write("", to: "shop/modules") }
  }

  @Test("a directory where a file is needed is in the way")
  func directoryInTheWay() async throws {
    try await refused(.inTheWay("pyproject.toml", isDirectory: true)) {
      try $0.write("", to: "shop/pyproject.toml/x")
    }
  }

  @Test("a directory of the module's name with files of somebody else is refused")
  func foreign() async throws {
    try await refused(.foreignDirectory("modules/shop_part", file: "notes.txt")) {
      try $0.write("mine\n", to: "shop/modules/shop_part/notes.txt")
    }
  }

  @Test(
    "a name that some file systems, or Python, take for the module's is refused",
    arguments: ["Shop_Part", "shop-part"])
  func sameName(other: String) async throws {
    try await refused(.sameName("modules/shop_part", other: "modules/\(other)")) {
      try $0.write("", to: "shop/modules/\(other)/pyproject.toml")
    }
  }

  @Test("a module is not added to where its own source is")
  func itself() async throws {
    try await ModuleScene.with { scene in
      try scene.makeModule("shop_part")
      try scene.write("", to: "repo/x")
      let module = try await scene.rendered("shop_part")
      try scene.link("repo/modules", to: "../source")
      let repository = Repository(root: scene.directory.appending("repo"))
      #expect(throws: AddError.self) { try AddPlan.make(adding: [module], to: repository) }
    }
  }
}
