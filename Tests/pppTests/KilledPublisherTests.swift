import FoundationEssentials
import Model
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("A ppp publish that is killed", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct KilledPublisherTests {
  private struct Index: Decodable {
    struct Entry: Decodable {
      let runenv: String
      let platform: String
      let version: String
    }
    let sequence: Int
    let entries: [Entry]
  }

  private func site(_ scene: Scene) -> FilePath { scene.directory.appending("site") }

  private func index(of scene: Scene) throws -> Index? {
    let path = site(scene).appending("index.json")
    guard FileStatus(of: path) != nil else { return nil }
    return try JSONDecoder().decode(Index.self, from: Data(try readFile(path)))
  }

  /// Pulls all that the catalogue names, as somebody who trusts its key only, and has nothing yet.
  private func checkReading(_ scene: Scene) async throws -> Int {
    guard let index = try index(of: scene) else { return 0 }
    var reader = scene
    reader.environment["PPP_CACHE_DIR"] = scene.directory.appending("reader").string
    for entry in index.entries {
      let ending = try await reader.run(
        "pull", "\(entry.runenv)@\(entry.version)", "--platform", entry.platform, "--from",
        "file://\(site(scene))", "--into", "pulled")
      #expect(ending.status == 0, "\(ending)")
      try removeTree(scene.workspace.appending("pulled"))
    }
    try removeTree(scene.directory.appending("reader"))
    return index.entries.count
  }

  private func files(_ scene: Scene) throws -> [String] {
    try tree(site(scene)).filter { !$0.hasPrefix(".") && !$0.hasPrefix("signatures/") }
  }

  private func withKey(_ body: (Scene, [String]) async throws -> Void) async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      #expect(try await scene.run("key", "new", "release", "--no-password").status == 0)
      #expect(try await scene.run("key", "trust", "release").status == 0)
      try await body(scene, ["publish", "file://\(site(scene))", "--sign", "release", "--quiet"])
    }
  }

  @Test("at whatever file it is, readers see whole bundles under a good signature, and the next run finishes")
  func killed() async throws {
    try await withKey { scene, command in
      #expect(try await scene.run(command).status == 0)
      let whole = try files(scene)
      #expect(try await checkReading(scene) == 3)
      var seen: Set<Int> = []
      for count in 0...whole.count {
        try removeTree(site(scene))
        let program = try scene.start(command)
        await program.wait(every: .microseconds(200)) { (try? files(scene).count >= count) == true }
        program.send(SIGKILL)
        _ = try await program.ending()
        seen.insert(try await checkReading(scene))
        let next = try await scene.run(command)
        #expect(next.status == 0, "\(next)")
        #expect(try files(scene) == whole)
      }
      #expect(seen.contains(0) && seen.isSubset(of: [0, 3]))
      #expect(try await checkReading(scene) == 3)
    }
  }

  @Test("two at once, of which one is killed, lose nothing of the other")
  func twoAtOnce() async throws {
    try await withKey { scene, command in
      for _ in 0..<4 {
        try removeTree(site(scene))
        let one = try scene.start(command + ["python-3.13.5-one"])
        let two = try scene.start(command + ["python-3.11.2-two"])
        let killed = try scene.start(command)
        await killed.wait(every: .microseconds(200)) { (try? files(scene).count >= 3) == true }
        killed.send(SIGKILL)
        _ = try await killed.ending()
        for program in [one, two] {
          let ending = try await program.ending()
          #expect(ending.status == 0, "\(ending)")
        }
        #expect(try await checkReading(scene) == 3)
      }
    }
  }
}
