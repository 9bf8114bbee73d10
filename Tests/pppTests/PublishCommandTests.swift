import FoundationEssentials
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("ppp publish", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct PublishCommandTests {
  private struct Report: Decodable {
    struct Cell: Decodable {
      let cell: String
      let version: String
      let change: String
    }
    struct Dropped: Decodable { let version: String }
    let schemaVersion: Int
    let destination: String
    let dryRun: Bool
    let cells: [Cell]
    let dropped: [Dropped]
    let objects: Int
    let bytes: Int
    let sequence: Int
  }

  private func report(_ ending: Scene.Ending) throws -> Report {
    try #require(ending.status == 0, "\(ending)")
    return try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
  }

  private func site(_ scene: Scene) -> FilePath { scene.directory.appending("my site") }

  private func url(_ scene: Scene) -> String { "file://\(scene.directory)/my%20site" }

  @Test("what was built is published, a second time nothing, and a plan writes nothing")
  func publishes() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let planned = try report(await scene.run("publish", url(scene), "--dry-run", "--format", "json"))
      #expect(planned.dryRun && planned.cells.map(\.change) == ["added", "added", "added"])
      #expect(FileStatus(of: site(scene)) == nil)
      let first = try report(await scene.run("publish", url(scene), "--format", "json"))
      #expect((first.objects, first.sequence) == (planned.objects, 1))
      #expect(first.cells.map(\.version) == ["1", "1", "1"])
      let before = try tree(site(scene))
      #expect(before.contains("index.json") && before.contains("index.html"))
      let second = try await scene.run("publish", url(scene))
      #expect(second.output == "0 files (0 B) sent, 3 unchanged: file://\(scene.directory)/my%20site\n")
      #expect(second.status == 0 && second.errors == "")
      #expect(try tree(site(scene)) == before)
    }
  }

  @Test("only the selected cells go, and a version that is published stays as it is")
  func selects() async throws {
    try await Scene.locking { scene, index in
      try await scene.built()
      let one = "python-3.13.5-one@linux-x64"
      let first = try report(
        await scene.run("publish", url(scene), one, "--version", "2026.11", "--format", "json"))
      #expect(first.cells.map(\.cell) == [one])
      try scene.write(
        "runenvs/python-3.13.5-one/config.json", #"{"packages": {"dependencies": ["beta==1.0"]}}"#)
      try await scene.built()
      let refused = try await scene.run("publish", url(scene), one, "--version", "2026.11")
      #expect(refused.status == 1)
      #expect(refused.errors.contains("error: '\(one)' is published as version 2026.11 with other content"))
      #expect(refused.errors.contains("hint: publish it as another version, or with --replace"))
      let next = try report(
        await scene.run("publish", url(scene), "--platform", "linux-x64", "--prune", "1", "--format", "json"))
      #expect(next.cells.map(\.version) == ["1", "2027"])
      #expect(next.dropped.map(\.version) == ["2026.11"])
      _ = index
    }
  }

  @Test("a signed catalogue is signed each time, and minisign says so where it is installed")
  func signs() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      #expect(try await scene.run("publish", url(scene), "--sign").status == 64)
      #expect(try await scene.run("key", "new", "release", "--no-password").status == 0)
      let one = try await scene.run("publish", url(scene), "python-3.11.2-two", "--sign", "--expires", "30")
      #expect(one.status == 0, "\(one)")
      let unsigned = try await scene.run("publish", url(scene))
      #expect(unsigned.status == 1)
      #expect(unsigned.errors.contains("is signed, and this one would not be"))
      #expect(unsigned.errors.contains("hint: sign it with --sign KEY"))
      #expect(try await scene.run("publish", url(scene), "--sign", "release").status == 0)
      if Peers.areWanted {
        let key = scene.directory.appending(".config/ppp/keys/release.pub").string
        try await Peers.run("minisign", ["-Vm", "index.json", "-p", key], in: site(scene))
      }
    }
  }

  @Test("what can't be published is a matter of the command line, or of what was built")
  func refuses() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let empty = try await scene.run("publish", url(scene))
      #expect(empty.status == 3)
      #expect(
        empty.errors == """
          error: nothing is on record that could be published
            hint: build something first: ppp build

          """)
      let bad = try await scene.run("publish", "ftp://user:s3cr3t@host/x")
      #expect(bad.status == 64)
      #expect(bad.errors.hasPrefix("error: 'ftp://host/x' is no destination: 'ftp' is not known\n"))
      #expect(!bad.all.contains("s3cr3t"))
      #expect(try await scene.run("publish", url(scene), "--prune", "0").status == 64)
      #expect(try await scene.run("publish", url(scene), "--version", "latest").status == 64)
      #expect(try await scene.run("publish").status == 64)
    }
  }

  @Test("a bucket that refuses says why, and no key is in any message")
  func keepsSecrets() async throws {
    let server = try LoopbackServer { _ in
      .init(status: 403, body: Array("<Error><Code>SignatureDoesNotMatch</Code></Error>".utf8))
    }
    try await Scene.locking { scene, _ in
      try await scene.built()
      var scene = scene
      scene.environment["AWS_ACCESS_KEY_ID"] = "AKID"
      scene.environment["AWS_SECRET_ACCESS_KEY"] = "s3cr3t-canary"
      scene.environment["AWS_SESSION_TOKEN"] = "t0ken-canary"
      let ending = try await scene.run("publish", "s3://bucket/x?endpoint=\(server.url(""))")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("answered 403 (SignatureDoesNotMatch)"))
      #expect(ending.errors.contains("hint: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"))
      #expect(!ending.all.contains("canary"))
    }
  }

  @Test("a directory that can't be written is told by its path")
  func tellsUnwritable() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let unwritable = try await scene.run("publish", "file:///proc/ppp")
      #expect(unwritable.status == 1 && unwritable.errors.contains("'/proc/ppp'"), "\(unwritable)")
    }
  }
}
