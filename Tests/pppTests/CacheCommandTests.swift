import FoundationEssentials
import Model
import SystemPackage
import Testing

@Suite("ppp cache and ppp doctor")
struct CacheCommandTests {
  @Test("every cache command works where there is no cache yet, and makes none")
  func noCache() async throws {
    try await inScene { scene in
      for arguments in [["info"], ["info", "--format", "json"], ["prune"], ["clean"]] {
        let ending = try await scene.run(["cache"] + arguments)
        #expect(ending.status == 0, "\(ending)")
        #expect(ending.errors == "")
      }
      #expect(try tree(scene.directory).filter { $0.hasPrefix("cache") } == [])
    }
  }

  @Test("a limit that is none is told with how to write one")
  func badLimit() async throws {
    try await inScene { scene in
      let ending = try await scene.run("cache", "prune", "--limit", "much")
      #expect(ending.status == 64)
      #expect(
        ending.errors == """
          error: 'much' is not a size
            hint: write it as 20GB, 500MB or a number of bytes

          """)
    }
  }

  @Test(
    "info counts, prune frees what is over the limit, clean leaves nothing, and a build works again",
    .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
  func lifeOfACache() async throws {
    struct Inventory: Decodable {
      struct Part: Decodable {
        let name: String
        let files: Int
      }
      let parts: [Part]
    }
    try await Scene.locking { scene, _ in
      try await scene.built()
      let info = try await scene.run("cache", "info")
      #expect(info.output.hasPrefix("\(scene.cache)\n"))
      #expect(info.output.contains("limit of artifacts and layers: 20.0 GB"))
      let json = try await scene.run("cache", "info", "--format", "json")
      let parts = try JSONDecoder().decode(Inventory.self, from: Data(json.output.utf8)).parts
      #expect(parts.first { $0.name == "artifacts" }?.files == 3)
      let pruned = try await scene.run("cache", "prune", "--limit", "0")
      #expect(pruned.output.hasPrefix("freed "), "\(pruned)")
      #expect(try tree(scene.cache.appending("artifacts")) == [])

      try removeTree(scene.workspace.appending("dist"))
      try await scene.built()
      let cleaned = try await scene.run("cache", "clean")
      #expect(cleaned.status == 0, "\(cleaned)")
      let left = try tree(scene.cache).filter { !["CACHEDIR.TAG", "lock"].contains($0) }
      #expect(left == [])
      try RealTools.seed(scene.cache)
      try removeTree(scene.workspace.appending("dist"))
      try await scene.built()
    }
  }

  @Test("doctor says what is there and what to do about what is not, and leaves nothing behind")
  func doctor() async throws {
    struct Finding: Decodable {
      let name: String
      let state: String
      let hint: String?
    }
    try await inScene { scene in
      var bare = scene
      bare.environment["PATH"] = "/nonexistent"
      let text = try await bare.run("doctor", "--offline")
      #expect(text.output.contains("--  git  "), "\(text)")
      #expect(text.output.contains("apt-get install git"))
      let ending = try await bare.run("doctor", "--offline", "--format", "json")
      let findings = try JSONDecoder().decode([Finding].self, from: Data(ending.output.utf8))
      #expect(findings.first { $0.name == "this machine" }?.state == "ok")
      #expect(findings.first { $0.name == "cache" }?.state == "ok")
      #expect(findings.first { $0.name == "workspace" }?.state == "--")
      #expect(findings.allSatisfy { $0.state == "ok" || $0.hint != nil }, "\(ending)")
      #expect(ending.status == (findings.contains { $0.state == "no" } ? 1 : 0))
      #expect(try tree(scene.cache) == [])
    }
  }
}
