import Artifacts
import Catalogue
import Model
import Publish
import SystemPackage
import TestSupport
import Testing
import Trust

@testable import Layers

#if canImport(Glibc)
import Glibc
#endif

/// Servers and catalogues that lie or break; the environment that is there stays what it is.
@Suite("Hostile pulling")
struct HostilePullTests {
  private let data = "lib/python3.13/site-packages/beta/data"

  @Test("a server that gives no parts of files, or others than it says, is asked for the whole file")
  func lyingRanges() async throws {
    let lies: [@Sendable (LoopbackServer.Request, LoopbackServer.Response) -> LoopbackServer.Response] = [
      { _, answer in .init(status: answer.status == 206 ? 200 : answer.status, body: answer.body) },
      { _, answer in
        guard answer.status == 206 else { return answer }
        return .init(
          status: 206, headers: ["Content-Range": "bytes 0-\(answer.body.count - 1)/999999"],
          body: answer.body)
      },
      { _, answer in
        guard answer.status == 206 else { return answer }
        return .init(status: 206, headers: answer.headers, body: answer.body.map { $0 ^ 1 })
      },
      { _, answer in
        guard answer.status == 206 else { return answer }
        return .init(status: 206, headers: answer.headers, body: answer.body + [1, 2, 3])
      },
      { _, answer in answer.status == 206 ? .status(416) : answer },
    ]
    for (number, lie) in lies.enumerated() {
      try await PullScene.with(retries: 0) { scene in
        try await scene.build(1)
        let server = try scene.serve(scene.dist, lie)
        try await scene.pull(from: server.url("/"))
        #expect(try scene.current(data) == PullScene.beta(1), "lie \(number)")
        let whole = server.requests.count { $0.path.hasSuffix(".tar.zst") && $0.headers["range"] == nil }
        #expect(whole == 1, "lie \(number)")
      }
    }
  }

  @Test("a connection that is cut, in whatever phase, leaves the environment; the next pull gets on")
  func cut() async throws {
    try await PullScene.withUpdate { scene in
      for (number, count) in [0, 5, 200].enumerated() {
        for phase in 0..<3 {
          let server = try scene.serve(scene.published) { request, answer in
            let isPhase =
              switch phase {
              case 0: request.path == "/index.json"
              case 1: request.path.contains("/objects/") && answer.body.count < 5_000
              default: request.path.contains("/objects/") && answer.body.count > 5_000
              }
            guard isPhase, answer.body.count > count else { return answer }
            return .init(
              status: answer.status, headers: answer.headers, body: answer.body,
              delivery: number == 1 ? .truncated(after: count) : .reset(after: count))
          }
          try await scene.refused(from: server.url("/"), "phase \(phase), after \(count)")
        }
      }
      let honest = try scene.serve(scene.published)
      try await scene.pull(from: honest.url("/"))
      #expect(try scene.current(data) == PullScene.beta(2))
    }
  }

  @Test("what has arrived of a layer is not fetched again")
  func resumes() async throws {
    try await PullScene.withUpdate { scene in
      let cutting = try scene.serve(scene.published) { _, answer in
        guard answer.body.count > 50_000 else { return answer }
        return .init(body: answer.body, delivery: .reset(after: 100_000))
      }
      try await scene.refused(from: cutting.url("/"))
      let honest = try scene.serve(scene.published)
      try await scene.pull(from: honest.url("/"))
      let ranges = honest.requests.compactMap { $0.headers["range"] }
      #expect(ranges.contains { $0 != "bytes=0-" && $0.hasPrefix("bytes=") }, "\(ranges)")
      #expect(try scene.current(data) == PullScene.beta(2))
    }
  }

  @Test("a changed layer, manifest or index is refused")
  func tampered() async throws {
    try await PullScene.withUpdate { scene in
      let place = "file://\(scene.published)"
      let plan = try await scene.plan(from: place)
      let layer = try #require(plan.items(.fetch).first?.layer)
      let names = [ObjectReference.name(of: layer.digest), plan.entry.manifest.name]
      for name in names {
        let path = scene.published.pushing(FilePath(name))
        let bytes = try readFile(path)
        for change in [bytes.map { $0 ^ 1 }, Array(bytes.dropLast()), [0] + bytes, []] {
          try writeAtomically(change, to: path)
          try await scene.refused(from: place, "\(name), \(change.count) bytes")
        }
        try removeTree(path)
        try await scene.refused(from: place, "\(name) is missing")
        try writeAtomically(bytes, to: path)
      }
      let index = scene.published.appending("index.json")
      let text = String(decoding: try readFile(index), as: UTF8.self)
      for (old, new) in [
        ("{", "["), ("sha256:", "sha256:00"), ("\"schemaVersion\":1", "\"schemaVersion\":2"),
        ("\"runenv\":\"python", "\"runenv\":\"../../python"), ("\"sequence\":2", "\"sequence\":-2"),
        ("\"size\":", "\"size\":-"),
      ] {
        try writeAtomically(Array(text.replacing(old, with: new).utf8), to: index)
        try await scene.refused(from: place, "\(new)")
      }
    }
  }

  @Test("an older index than one that was seen is refused")
  func replayed() async throws {
    try await PullScene.withUpdate { scene in
      try await scene.publish(upTo: 1)
      let older = try readFile(scene.published.appending("index.json"))
      try await scene.publish(upTo: 2)
      try await scene.pull(from: "file://\(scene.published)")
      try writeAtomically(older, to: scene.published.appending("index.json"))
      await #expect(throws: TrustError.self) { try await scene.pull(from: "file://\(scene.published)") }
      #expect(try scene.current(data) == PullScene.beta(2))
    }
  }

  @Test("once a key is trusted, only what it signed is pulled")
  func signatures() async throws {
    try await PullScene.withUpdate { scene in
      let place = "file://\(scene.published)"
      let (key, other) = (SecretKey.generate(), SecretKey.generate())
      let trusted = scene.keys.directory.appending("trusted")
      try makeDirectory(trusted)
      try writeAtomically(Array(key.publicKey.file.utf8), to: trusted.appending("maker.pub"))
      try await scene.refused(from: place, "not signed")
      let index = try PublishedIndex(
        parsing: readFile(scene.published.appending("index.json")), place: place)
      try scene.publish(index, signedWith: other)
      try await scene.refused(from: place, "signed by another")
      try scene.publish(index, signedWith: key)
      let signature = scene.published.appending("index.json.minisig")
      let right = String(decoding: try readFile(signature), as: UTF8.self)
      try writeAtomically(
        Array(right.replacing("timestamp:1000", with: "timestamp:1001").utf8), to: signature)
      try await scene.refused(from: place, "changed signature")
      try writeAtomically(Array(right.utf8), to: signature)
      try await scene.refused(from: "file://\(scene.dist)", "a folder without a signature")
      let report = try await scene.pull(from: place)
      #expect(report.plan.signer == "maker")
      #expect(try scene.current(data) == PullScene.beta(2))
    }
  }

  /// A layer as an attacker would write it: a table that says one thing, an archive that says another.
  private func forged(_ scene: PullScene, table: [LayerEntry], archive: TarMaker) throws -> (Layer, [UInt8]) {
    let segment = try ZstdBlock.compress(Array(archive.bytes.dropLast(1024)))
    let bytes = segment + (try FileTable(entries: table).frame(behind: Int64(segment.count)))
    return (
      Layer(digest: .sha256(of: bytes), size: Int64(bytes.count), unpackedSize: 1, fileCount: 1), bytes
    )
  }

  @Test("layers that lead out of the tree, or are not what their tables list, are refused")
  func pathEscapes() async throws {
    func file(_ path: String, _ text: String = "evil") -> LayerEntry {
      LayerEntry(
        path: path, kind: .file(size: Int64(text.utf8.count), digest: .sha256(of: text), isExecutable: false))
    }
    func link(_ path: String, _ target: String) -> LayerEntry {
      LayerEntry(path: path, kind: .symlink(target: target))
    }
    func archive(_ fill: (inout TarMaker) -> Void) -> TarMaker {
      var maker = TarMaker()
      fill(&maker)
      return maker
    }
    let cases: [(String, [([LayerEntry], TarMaker)])] = [
      ("dots", [([file("../../evil")], archive { $0.addFile("../../evil", "evil") })]),
      ("absolute", [([file("/tmp/evil")], archive { $0.addFile("/tmp/evil", "evil") })]),
      ("archive elsewhere", [([file("fine")], archive { $0.addFile("../../evil", "evil") })]),
      ("link out", [([link("out", "../..")], archive { $0.addSymlink("out", target: "../..") })]),
      ("link in archive", [([file("x")], archive { $0.addSymlink("x", target: "/etc/passwd") })]),
      ("hard link", [([file("x")], archive { $0.addHardlink("x", target: "/etc/passwd") })]),
      ("another size", [([file("x")], archive { $0.addFile("x", "more than that") })]),
      ("nothing", [([file("x")], TarMaker())]),
      (
        "twice",
        [
          (
            [file("x"), file("x")],
            archive {
              $0.addFile("x", "evil")
              $0.addFile("x", "evil")
            }
          )
        ]
      ),
      (
        "through a link of another layer",
        [
          ([link("a", "b")], archive { $0.addSymlink("a", target: "b") }),
          ([file("a/evil")], archive { $0.addFile("a/evil", "evil") }),
        ]
      ),
      (
        "over another layer",
        [
          ([file("x")], archive { $0.addFile("x", "evil") }),
          ([file("x")], archive { $0.addFile("x", "evil") }),
        ]
      ),
    ]
    try await PullScene.withUpdate { scene in
      for (number, (name, parts)) in cases.enumerated() {
        let layers = try parts.map { try forged(scene, table: $0.0, archive: $0.1) }
        let items = layers.enumerated().map { BundleLayer(name: "wheel \($0)", kind: "wheel", layer: $1.0) }
        let bundle = BundleFile(path: "/x", digest: .sha256(of: name), size: 1_000)
        let record = scene.record(of: items, bundle, file: "dist/x/x.tar.zst")
        let bytes = Dictionary(layers.map { ($0.0.digest, $0.1) }) { first, _ in first }
        let entry = try scene.publish(record, version: 9) { bytes[$0.digest] ?? [] }
        try scene.publish(PublishedIndex(name: "x", sequence: 10 + number, entries: [entry]))
        try await scene.refused(from: "file://\(scene.published)", "\(name)")
      }
      #expect(FileStatus(of: "/tmp/evil") == nil)
      #expect(FileStatus(of: scene.environment.root.appending("evil")) == nil)
    }
  }

  @Test("a layer whose table lies about what its files hold gives other layers none of them")
  func lyingTable() async throws {
    try await PullScene.with { scene in
      let place = "file://\(scene.published)"
      func publish(_ layer: Layer, _ bytes: [UInt8], version: Int) throws {
        let items = [BundleLayer(name: "wheel x", kind: "wheel", layer: layer)]
        let bundle = BundleFile(path: "/x", digest: .sha256(of: "\(version)"), size: 1_000)
        let record = scene.record(of: items, bundle, file: "dist/x/x.tar.zst")
        let entry = try scene.publish(record, version: version) { _ in bytes }
        try scene.publish(PublishedIndex(name: "x", sequence: version, entries: [entry]))
      }
      let entry = LayerEntry(
        path: "x", kind: .file(size: 4, digest: .sha256(of: "true"), isExecutable: false))
      let padding = [UInt8](repeating: 0, count: 508)
      let archive = TarHeader(entry, modificationTime: 0).bytes + Array("evil".utf8) + padding
      let segment = try ZstdBlock.compress(archive)
      let bytes = segment + (try FileTable(entries: [entry]).frame(behind: Int64(segment.count)))
      try publish(
        Layer(digest: .sha256(of: bytes), size: Int64(bytes.count), unpackedSize: 4, fileCount: 1), bytes,
        version: 1)
      try await scene.pull(from: place)
      #expect(try scene.current("x") == Array("evil".utf8))

      let honest = try await scene.layer("honest", [("y", Array("true".utf8))])
      try publish(honest.layer, readFile(scene.maker.path(of: honest.layer.digest)), version: 2)
      let report = try await scene.pull(from: place)
      #expect(try scene.current("y") == Array("true".utf8))
      #expect(report.reusedFiles == 0)
    }
  }

  @Test(
    "a folder's catalogue that names files elsewhere is refused",
    arguments: [
      "dist/../../etc/passwd", "/etc/passwd", "dist//x", "etc/passwd", "dist", "dist/./x",
    ])
  func filesElsewhere(_ file: String) async throws {
    try await PullScene.withUpdate { scene in
      let record = try await scene.build(2)
      let text = String(decoding: try readFile(scene.dist.appending("catalogue.json")), as: UTF8.self)
      try writeAtomically(
        Array(text.replacing(record.file, with: file).utf8), to: scene.dist.appending("catalogue.json"))
      try await scene.refused(from: "file://\(scene.dist)")
    }
  }

  @Test(
    "a disk that is full leaves the environment as it is",
    .enabled(if: getuid() == 0 && Peers.areWanted, "it mounts a small file system"))
  func fullDisk() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 1)
      try makeDirectory(scene.environment.root)
      let root = scene.environment.root.string
      #expect(mount("tmpfs", root, "tmpfs", 0, "size=520k") == 0)
      defer { umount2(root, 2) }
      try await scene.pull(from: "file://\(scene.published)")
      try await scene.publish(upTo: 2)
      let error = await #expect(throws: FileError.self) {
        try await scene.pull(from: "file://\(scene.published)")
      }
      #expect(error?.code == .noSpace)
      #expect(try scene.current(data) == PullScene.beta(1))
      #expect(mount("tmpfs", root, "tmpfs", UInt(MS_REMOUNT), "size=2m") == 0)
      try await scene.pull(from: "file://\(scene.published)")
      #expect(try scene.current(data) == PullScene.beta(2))
    }
  }
}
