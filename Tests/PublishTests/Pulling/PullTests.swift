import Catalogue
import Layers
import Model
import Publish
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Pulling environments")
struct PullTests {
  private let site = "lib/python3.13/site-packages"

  private func inode(_ path: FilePath) -> ino_t {
    var status = stat()
    return lstat(path.string, &status) == 0 ? status.st_ino : 0
  }

  @Test("from a plain dist folder layers are fetched by their ranges, and make the tree that the bundle has")
  func fromFolder() async throws {
    try await PullScene.with { scene in
      let record = try await scene.build(1)
      let server = try scene.serve(scene.dist)
      let report = try await scene.pull(from: server.url("/"))
      #expect(report.fetchedLayers == 3)
      #expect(report.fetchedBytes == record.layers.reduce(0) { $0 + $1.size })
      #expect(try scene.current("\(site)/alpha/data") == PullScene.alpha)
      #expect(try scene.current("\(site)/é.txt") == [1])
      #expect(try scene.current("\(site)/beta/__init__.py") == [])
      #expect(try readLink(scene.environment.current.appending("bin/python3")) == "python3.13")
      #expect(FileStatus(of: scene.environment.current.appending("bin/python3"))?.isExecutable == true)
      let bundle = server.requests.filter { $0.path.hasSuffix(".tar.zst") }
      #expect(bundle.count == 3 && bundle.allSatisfy { $0.headers["range"] != nil })

      let again = try await scene.pull(from: server.url("/"))
      #expect(again.plan.isCurrent && again.fetchedBytes == 0)
      #expect(server.requests.count { $0.path.hasSuffix(".tar.zst") } == 3)
      #expect(try listDirectory(scene.environment.trees).count == 1)
    }
  }

  @Test("an update fetches the layer that changed and shares the other files with the tree before")
  func updates() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 1)
      let server = try scene.serve(scene.published)
      try await scene.pull(from: server.url("/"))
      let former = try realPath(scene.environment.current)
      try await scene.publish(upTo: 2)
      // What is shared comes from the tree: the cache has nothing any more.
      try scene.forgetCache()
      let plan = try await scene.plan(from: server.url("/"))
      let report = try await scene.pull(from: server.url("/"))
      let beta = try #require(report.plan.manifest.bundle.layers.last)
      #expect(plan.bytesToFetch == beta.size)
      #expect(report.fetchedLayers == 1 && report.fetchedBytes == beta.size)
      #expect(report.reusedFiles == 3)
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(2))
      #expect(try scene.current("\(site)/alpha/data") == PullScene.alpha)
      #expect(try readFile(former.appending("\(site)/beta/data")) == PullScene.beta(1))
      #expect(try realPath(scene.environment.current) != former)
    }
  }

  @Test("rolling back and pulling again switch between trees, and fetch nothing")
  func rollsBack() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 2)
      let place = "file://\(scene.published)"
      try await scene.pull("\(PullScene.runenv)@1", from: place)
      try await scene.pull(from: place)
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(2))
      let (former, tree) = try await scene.environment.rollBack()
      #expect(former.version == PublishedVersion(2) && tree.version == PublishedVersion(1))
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(1))
      await #expect(throws: PullError.noEarlierTree(scene.environment.root)) {
        _ = try await scene.environment.rollBack()
      }
      let report = try await scene.pull(from: place)
      #expect(report.fetchedBytes == 0 && report.writtenFiles == 0)
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(2))
      #expect(try await scene.environment.rollBack().to.version == PublishedVersion(1))
    }
  }

  @Test("only so many trees are kept")
  func keeps() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 3)
      for version in 1...3 {
        try await scene.pull("\(PullScene.runenv)@\(version)", from: "file://\(scene.published)")
      }
      #expect(try scene.environment.state().trees.map(\.version) == [2, 3].map { PublishedVersion($0) })
      #expect(try listDirectory(scene.environment.trees).count == 2)
      #expect(
        try listDirectory(scene.environment.own.appending("stamps"))
          == listDirectory(scene.environment.trees))
    }
  }

  @Test("a file that was changed in the tree is not shared, and its layer is fetched again")
  func changedFile() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 1)
      let place = "file://\(scene.published)"
      try await scene.pull(from: place)
      try writeAtomically(
        Array("changed".utf8), to: scene.environment.current.appending("\(site)/alpha/data"))
      try await scene.publish(upTo: 2)
      try scene.forgetCache()
      let report = try await scene.pull(from: place)
      #expect(report.fetchedLayers == 2)
      #expect(try scene.current("\(site)/alpha/data") == PullScene.alpha)
    }
  }

  @Test("a file that was changed in place, and has its old size and time, is not shared either")
  func changedInPlace() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 1)
      let place = "file://\(scene.published)"
      try await scene.pull(from: place)
      let path = scene.environment.current.appending("\(site)/alpha/data")
      var status = stat()
      #expect(stat(path.string, &status) == 0)
      let file = try FileDescriptor.open(path, .writeOnly)
      try file.closeAfter { _ = try file.writeAll([PullScene.alpha[0] ^ 1]) }
      #expect(utimensat(AT_FDCWD, path.string, [status.st_atim, status.st_mtim], 0) == 0)
      try await scene.publish(upTo: 2)
      let report = try await scene.pull(from: place)
      #expect(report.reusedFiles == 2)
      #expect(try scene.current("\(site)/alpha/data") == PullScene.alpha)
    }
  }

  @Test("without what is known of an earlier tree's files, they are hashed and shared all the same")
  func withoutStamps() async throws {
    for damage in [[], Array("PPPSTAMP".utf8), [UInt8](repeating: 0xff, count: 300)] as [[UInt8]] {
      try await PullScene.with { scene in
        try await scene.publish(upTo: 2)
        let place = "file://\(scene.published)"
        try await scene.pull("\(PullScene.runenv)@1", from: place)
        let stamps = scene.environment.own.appending("stamps")
        let name = try #require(try listDirectory(stamps).first)
        try writeAtomically(damage, to: stamps.appending(name))
        try scene.forgetCache()
        let report = try await scene.pull(from: place)
        #expect(report.reusedFiles == 3 && report.fetchedLayers == 1)
      }
    }
  }

  @Test("a plan changes nothing")
  func plans() async throws {
    try await PullScene.with { scene in
      let record = try await scene.build(1)
      let plan = try await scene.plan(from: "file://\(scene.dist)")
      #expect(plan.bytesToFetch == record.layers.reduce(0) { $0 + $1.size })
      #expect(plan.version == nil && !plan.isCurrent)
      #expect(FileStatus(of: scene.environment.root) == nil)
    }
  }

  @Test("what isn't there is told with what is")
  func missing() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 2)
      let place = "file://\(scene.published)"
      await #expect(
        throws: PullError.unknownEnvironment(
          "python-3.13.5-on", place: try realPath(scene.published).string, nearest: PullScene.runenv)
      ) { try await scene.pull("python-3.13.5-on", from: place) }
      await #expect(
        throws: PullError.unknownVersion(
          CellID(runenv: PullScene.runenv, platform: .linuxX64), PublishedVersion(7),
          versions: [PublishedVersion(1), PublishedVersion(2)])
      ) { try await scene.pull("\(PullScene.runenv)@7", from: place) }
      await #expect(
        throws: PullError.notForPlatform(PullScene.runenv, .macOSX64, platforms: [.linuxX64])
      ) {
        _ = try await scene.puller(from: place).plan(
          PullReference(parsing: PullScene.runenv), platform: .macOSX64)
      }
      let empty = scene.directory.appending("empty")
      try makeDirectory(empty)
      await #expect(throws: PullError.noCatalogue("file://\(empty)")) {
        try await scene.pull(from: "file://\(empty)")
      }
    }
  }

  @Test("a directory with other things in it is left alone")
  func occupied() async throws {
    try await PullScene.with { scene in
      try await scene.build(1)
      try makeDirectory(scene.environment.root)
      try writeAtomically([1], to: scene.environment.root.appending("mine"))
      await #expect(throws: PullError.occupied(scene.environment.root)) {
        try await scene.pull(from: "file://\(scene.dist)")
      }
      #expect(try listDirectory(scene.environment.root) == ["mine"])
    }
  }

  @Test("two pulls at once into one directory give one tree")
  func atOnce() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 1)
      async let one = scene.pull(from: "file://\(scene.published)")
      async let other = scene.pull(from: "file://\(scene.published)")
      let fetched = try await [one.writtenFiles, other.writtenFiles].sorted()
      #expect(fetched[0] == 0 && fetched[1] > 0)
      #expect(try listDirectory(scene.environment.trees).count == 1)
    }
  }

  @Test("a zip bundle in a dist folder is fetched whole")
  func zip() async throws {
    try await PullScene.with { scene in
      let record = try await scene.build(1, kind: .zip)
      let server = try scene.serve(scene.dist)
      #expect(try await scene.plan(from: server.url("/")).bytesToFetch == record.size)
      try await scene.pull(from: server.url("/"))
      #expect(try scene.current("\(site)/alpha/data") == PullScene.alpha)
    }
  }

  @Test("what a pull that was killed left behind goes, and the current tree stays")
  func leftovers() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 2)
      let place = "file://\(scene.published)"
      try await scene.pull("\(PullScene.runenv)@1", from: place)
      let digest = try await scene.plan(from: place).entry.digest
      let draft = scene.environment.trees.appending(".\(digest.hex.prefix(16))")
      try makeDirectory(draft.appending("bin"))
      try writeAtomically([1], to: draft.appending("bin/half"))
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(1))
      try await scene.pull(from: place)
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(2))
      #expect(FileStatus(of: draft) == nil)
      #expect(FileStatus(of: scene.environment.current.appending("bin/half")) == nil)
    }
  }

  @Test(
    "a tree that may not have reached the disk before a crash is checked, and made again when it is damaged")
  func crashed() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 1)
      let place = "file://\(scene.published)"
      func reboot() throws {
        let path = scene.environment.own.appending("pulled.json")
        let text = String(decoding: try readFile(path), as: UTF8.self)
        let boot = #/"boot" : "[^"]+"/#
        #expect(text.contains(boot))
        try writeAtomically(Array(text.replacing(boot, with: "\"boot\" : \"before\"").utf8), to: path)
      }
      try await scene.pull(from: place)
      try reboot()
      #expect(try await scene.pull(from: place).plan.isCurrent)
      #expect(try scene.environment.state().trees.map(\.boot) == [nil])

      try removeTree(scene.environment.root)
      try await scene.pull(from: place)
      try writeAtomically([], to: scene.environment.current.appending("\(site)/beta/data"))
      try reboot()
      let report = try await scene.pull(from: place)
      #expect(report.reusedFiles == 3 && report.writtenFiles > 0)
      #expect(try scene.current("\(site)/beta/data") == PullScene.beta(1))
      #expect(try listDirectory(scene.environment.trees).count == 1)
    }
  }
}
