import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// These need the zig that a ppp here has fetched; `make test-peers` fetches it.
@Suite(
  "Headers of build requirements, for another platform",
  .enabled(if: SourceScene.python != nil && SourceScene.hasZig && Platform.host == .linuxX64))
struct TargetHeaderTests {
  private static let own = HeaderScene.headers("x86_64")
  private static let other = HeaderScene.headers("aarch64")

  @Test("the compiler sees the headers of the platform that it compiles for, and Python its own code")
  func replaced() async throws {
    let check = """
      assert headers.machine == "x86_64"; \
      files = sorted(os.listdir(place + "/include") + os.listdir(place + "/lib")); \
      assert files == ["config.h", "libaarch64.a", "only_aarch64.h"], files; \
      assert "aarch64" in open(place + "/__init__.pxd").read()
      """
    try await HeaderScene.with([Self.own, Self.other]) { scene in
      try scene.lock(scene.source(check: check), packages: [Self.own], targets: [Self.other])
      #expect(try await scene.built() == "made for aarch64")
      let log = try scene.scene.matrix.text(".ppp/logs/\(scene.cell)-tiny.log")
      #expect(log.contains("== headers: headers and libraries are those of \(Self.other.fileName)"))
    }
  }

  @Test("where a lock from before doesn't name the wheel, the index's of the same version is taken")
  func unlocked() async throws {
    let newer = HeaderScene.headers("aarch64", version: "2.0")
    try await HeaderScene.with([Self.own, newer, Self.other]) { scene in
      try scene.lock(scene.source(), packages: [Self.own], targets: [])
      #expect(try await scene.built() == "made for aarch64")
    }
  }

  @Test("what uv has in its cache stays as it is")
  func cacheIsLeftAlone() async throws {
    try await HeaderScene.with([Self.own, Self.other]) { scene in
      try scene.lock(scene.source(), packages: [Self.own], targets: [Self.other])
      _ = try await scene.built()
      let check = #"assert open(place + "/include/config.h").read().count("aarch64") == 1"#
      try scene.lock(scene.source(check: check), packages: [Self.own], targets: [Self.other])
      #expect(try await scene.built() == "made for aarch64")
      let name = try PackageName(parsing: "tiny")
      let file = scene.scene.matrix.serve("tiny-1.0.tar", scene.source())
      let build = LockedBuild(package: name, requires: ["headers"], packages: [try scene.locked(Self.own)])
      try scene.scene.matrix.lock(
        [LockedPackage(name: name, version: "1.0", source: .sourceDistribution(file))],
        on: scene.scene.cell, builds: [build])
      let endings = try await scene.scene.build().endings
      #expect(endings == [scene.scene.cell: "built"])
      try await scene.scene.unpackedWheel { directory in
        let module = try #require(try listDirectory(directory).first { $0.hasPrefix("tiny.") })
        let text = String(decoding: try readFile(directory.appending(module)), as: UTF8.self)
        #expect(text.contains("made for x86_64"))
      }
    }
  }

  @Test("other headers are another build, of the platform that they are for and of no other")
  func key() async throws {
    var changed = Self.other
    changed.files["headers/include/config.h"] = Array("#define HEADERS_MACHINE \"made for another\"\n".utf8)
    try await HeaderScene.with([Self.own, Self.other]) { scene in
      try scene.lock(scene.source(), packages: [Self.own], targets: [Self.other])
      #expect(try await scene.built() == "made for aarch64")
      let file = scene.scene.matrix.serve(changed.fileName, changed.bytes)
      var lock = try #require(
        try Lock.read(of: CellID(parsing: scene.cell), in: scene.scene.matrix.root))
      var target = try scene.locked(Self.other)
      target.source = .wheel(file)
      lock.builds[0].targets = [target]
      try lock.write(to: Lock.path(of: CellID(parsing: scene.cell), in: scene.scene.matrix.root))
      #expect(try await scene.built() == "made for another")
    }
  }

  @Test("a package without a wheel for the platform is an error by name, with the versions that have one")
  func missing() async throws {
    let newer = HeaderScene.headers("aarch64", version: "2.0")
    try await HeaderScene.with([Self.own, newer]) { scene in
      try scene.lock(scene.source(), packages: [Self.own], targets: [])
      let problem = try await scene.scene.problem(scene.cell)
      #expect(
        problem.message
          == "'tiny' can't be built for linux-aarch64 on this machine: it takes headers or libraries of 'headers', and headers==1.0 has no wheel for linux-aarch64; versions with one: 2.0"
      )
      #expect(problem.hint?.contains("in 'packages.buildWheel.tiny' (buildRequires)") ?? false)
    }
  }

  @Test("a program needs no wheel for the platform, though it has headers among its own files")
  func program() async throws {
    var program = Self.own
    program.files = program.files.filter { !$0.key.contains("include/") && !$0.key.hasSuffix(".a") }
    program.files["headers/templates/config.h"] = Array("#define HEADERS_MACHINE \"made for all\"\n".utf8)
    let check = #"os.environ["CFLAGS"] = os.environ.get("CFLAGS", "") + " -I" + place + "/templates""#
    try await HeaderScene.with([program]) { scene in
      try scene.lock(scene.source(check: check), packages: [program], targets: [])
      #expect(try await scene.built() == "made for all")
    }
  }

  @Test("a wheel of the platform that leaves its folder, or is another than the lock says, is refused")
  func hostile() async throws {
    var leaving = Self.other
    leaving.files["../../../outside.h"] = []
    try await HeaderScene.with([Self.own, leaving]) { scene in
      try scene.lock(scene.source(), packages: [Self.own], targets: [leaving])
      let problem = try await scene.scene.problem(scene.cell)
      #expect(problem.message.contains("outside.h"))
      var other = try scene.locked(leaving)
      other.source = .wheel(
        LockedFile(
          name: leaving.fileName, url: scene.index.server.url("/files/\(leaving.fileName)"),
          digest: .sha256(of: [1])))
      var lock = try #require(
        try Lock.read(of: CellID(parsing: scene.cell), in: scene.scene.matrix.root))
      lock.builds[0].targets = [other]
      try lock.write(to: Lock.path(of: CellID(parsing: scene.cell), in: scene.scene.matrix.root))
      let wrong = try await scene.scene.problem(scene.cell)
      #expect(wrong.message.contains("SHA-256") || wrong.message.contains("digest"))
    }
  }
}
