import Artifacts
import ConfigMerge
import Model
import Modules
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Hostile module sources") struct HostileSourceTests {
  @Test("a host that refuses is an error that names it, without the password")
  func refusing() async throws {
    try await ShelfScene.with { scene in
      for scheme in ["http", "https"] {
        let error = await #expect(throws: SourceError.self) {
          try await scene.shelf("git+\(scheme)://user:secret@127.0.0.1:1/x.git@v1").find(reference("etl"))
        }
        guard case .unreachable(let url, let reason)? = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(url == "\(scheme)://127.0.0.1:1/x.git")
        #expect(!reason.contains("secret") && !reason.isEmpty)
        #expect(error?.hint?.contains("network") == true)
      }
      let all = try await scene.shelf("git+http://user:secret@127.0.0.1:1/x.git@v1").all()
      #expect(all.isEmpty)
      #expect(scene.events.diagnostics.count == 1)
      #expect(!scene.events.diagnostics[0].message.contains("secret"))
    }
  }

  @Test("links of a repository that lead out of it are not followed to modules or manifests")
  func links() async throws {
    try await ShelfScene.with { scene in
      try scene.module("secret", in: "outside")
      try scene.module("good", in: "repository/good")
      try scene.write(["repository/inner/x": ""])
      func link(_ place: String, to target: String) {
        #expect(symlink(target, scene.root.appending("repository").appending(place).string) == 0)
      }
      link("secret", to: "\(scene.root)/outside")
      link("inner/module.json", to: "\(scene.root)/outside/module.json")
      link("up", to: "..")
      try await scene.commit("repository")
      let url = "git+file://\(scene.root)/repository"
      let shelf = try scene.shelf(url)
      #expect(try await shelf.all().map(\.manifest.name.description) == ["good"])
      #expect(
        scene.events.diagnostics.map(\.message) == [
          "the manifest is no file of the module's", "the directory 'secret' leads out of '\(url)'",
        ])
      await #expect(throws: SourceError.leavesSource("secret", source: url)) {
        try await shelf.find(reference("secret"))
      }
      for place in ["up", "secret"] {
        await #expect(throws: SourceError.leavesSource(place, source: "\(url)#subdirectory=\(place)")) {
          try await scene.shelf("\(url)#subdirectory=\(place)").find(reference("secret"))
        }
      }
    }
  }

  @Test("a branch whose name looks like an option is no option")
  func option() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", in: "repository")
      try await scene.commit("repository")
      try await scene.git("update-ref", "refs/heads/--upload-pack=touch", "HEAD", in: "repository")
      let url = "git+file://\(scene.root)/repository"
      #expect(throws: ParseError.self) { try scene.source("\(url)@--upload-pack=touch") }
      let found = try await scene.shelf("\(url)@refs/heads/--upload-pack=touch").find(reference("etl"))
      #expect(found.manifest.name.description == "etl")
    }
  }

  @Test("what the environment says about another repository doesn't count")
  func environment() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", in: "repository")
      try await scene.commit("repository")
      try makeDirectory(scene.root.appending("victim"))
      var environment = scene.environment
      environment["GIT_DIR"] = scene.root.appending("victim").string
      environment["GIT_WORK_TREE"] = scene.root.appending("victim").string
      environment["GIT_ALLOW_PROTOCOL"] = "ext"
      let source = try scene.source("git+file://\(scene.root)/repository")
      let shelf = ModuleShelf(sources: [source], cache: scene.cache, git: Git.find(in: environment))
      #expect(try await shelf.find(reference("etl")).manifest.name.description == "etl")
      let left = try listDirectory(scene.root.appending("victim"))
      #expect(left.isEmpty)
    }
  }

  @Test("without git, a repository is an error that says so")
  func withoutGit() async throws {
    try await ShelfScene.with { scene in
      let source = try scene.source("git+https://host.invalid/x.git@v1")
      let shelf = ModuleShelf(sources: [source], cache: scene.cache)
      await #expect(throws: SourceError.noGit(url: "https://host.invalid/x.git")) {
        try await shelf.find(reference("etl"))
      }
    }
  }

  private func archive(_ scene: ShelfScene, _ make: (inout TarMaker) -> Void) throws -> String {
    var tar = TarMaker()
    make(&tar)
    let bytes = tar.bytes
    let name = "a\(Digest.sha256(of: bytes).hex.prefix(8)).tar"
    try writeAtomically(bytes, to: scene.root.appending(name))
    return "file://\(scene.root)/\(name)#sha256=\(Digest.sha256(of: bytes).hex)"
  }

  private static let manifest = "{\"name\": \"etl\", \"version\": \"1\", \"summary\": \"s\", \"files\": []}"

  @Test("an archive is checked, unpacked once, and its modules found in a subdirectory")
  func archives() async throws {
    try await ShelfScene.with { scene in
      let url = try archive(scene) { $0.addFile("x-1/modules/etl/module.json", Self.manifest) }
      let found = try await scene.shelf("\(url)&subdirectory=x-1/modules").find(reference("etl"))
      #expect(found.reference == "\(url)&subdirectory=x-1/modules/etl")
      #expect(found.revision == nil)
      let file = scene.root.appending(
        String(url.dropFirst(8 + scene.root.string.utf8.count).prefix { $0 != "#" }))
      try removeTree(file)
      try removeTree(scene.cache.appending("artifacts"))
      let again = try await scene.shelf().module(atReference: found.reference)
      #expect(again.directory == found.directory)
    }
  }

  @Test("an archive with another digest is refused")
  func digest() async throws {
    try await ShelfScene.with { scene in
      let url = try archive(scene) { $0.addFile("module.json", Self.manifest) }
      let other = url.prefix { $0 != "#" } + "#sha256=" + String(repeating: "ab", count: 32)
      await #expect(throws: ArtifactError.self) { try await scene.shelf(other).find(reference("etl")) }
    }
  }

  @Test("an archive that would write outside is refused, and nothing of it is kept")
  func escaping() async throws {
    try await ShelfScene.with { scene in
      let urls = [
        try archive(scene) { $0.addFile("../evil", "x") },
        try archive(scene) { $0.addFile("/tmp/evil", "x") },
        try archive(scene) { $0.addSymlink("out", target: "/etc") },
        try archive(scene) { $0.addSymlink("a/out", target: "../../x") },
        try archive(scene) {
          $0.addSymlink("d", target: "e")
          $0.addFile("d/x", "x")
        },
      ]
      for url in urls {
        await #expect(throws: (any Error).self, "\(url)") {
          try await scene.shelf(url).find(reference("etl"))
        }
      }
      let kept = try listDirectory(scene.cache.appending("modules/archives"))
      #expect(kept.isEmpty)
    }
  }
}
