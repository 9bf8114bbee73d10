import Artifacts
import Catalogue
import FoundationEssentials
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite struct MatrixBuildTests {
  private let linux = "dist/python-3.13.5/python-3.13.5-linux-x64"

  @Test("a build makes bundle, manifest, record and export, and its files are what the wheels hold")
  func whole() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0")), scene.serve(wheel("beta", "2.0"))])
      let results = try await scene.build()
      #expect(Set(results.endings.values) == ["built"] && results.count == 4)
      #expect(
        try scene.tree("dist") == [
          "catalogue.json", "index.html", "python-3.13.5-more/python-3.13.5-more-linux-x64.manifest.json",
          "python-3.13.5-more/python-3.13.5-more-linux-x64.tar.zst",
          "python-3.13.5-more/python-3.13.5-more-macosx-aarch64.manifest.json",
          "python-3.13.5-more/python-3.13.5-more-macosx-aarch64.tar.zst",
          "python-3.13.5/python-3.13.5-linux-x64.manifest.json",
          "python-3.13.5/python-3.13.5-linux-x64.tar.zst",
          "python-3.13.5/python-3.13.5-macosx-aarch64.manifest.json",
          "python-3.13.5/python-3.13.5-macosx-aarch64.tar.zst",
        ])
      let record = try #require(try await scene.record())
      #expect(
        record.packages.map { "\($0.name) \($0.version) \($0.requested)" } == [
          "alpha 1.0 true", "beta 2.0 true",
        ])
      #expect(record.artifacts.count == 2 && record.verification?.state == .passed && !record.runtime.bundled)
      #expect(record.file == linux + ".tar.zst")
      #expect(try Digest.sha256(ofFile: scene.path(record.file)) == record.digest)
      let manifest = try JSONDecoder().decode(
        Manifest.self, from: Data(readFile(scene.path(linux + ".manifest.json"))))
      var facts = record
      facts.verification = nil
      #expect(manifest.bundle == facts)
      let export = try JSONDecoder().decode(
        CatalogueDocument.self, from: Data(readFile(scene.path("dist/catalogue.json"))))
      #expect(export.bundles.count == 4 && export.bundles.contains(record))
      try await scene.unpacked { folder in
        let names = try listDirectory(folder.appending("lib/python3.13/site-packages"))
        #expect(
          names == ["alpha", "alpha-1.0.dist-info", "beta", "beta-2.0.dist-info"])
      }
    }
  }

  @Test("a second run touches no file")
  func idle() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      let before = try scene.times()
      let requests = scene.server.requests.count
      let results = try await scene.build()
      #expect(Set(results.endings.values) == ["up to date"])
      #expect(try scene.times() == before)
      #expect(scene.server.requests.count == requests)
    }
  }

  @Test("cells share layers: each is made once, on whichever platform it is wanted first")
  func sharing() async throws {
    try await MatrixScene.with { scene in
      let log = EventLog()
      try scene.lockAll([scene.serve(wheel("alpha", "1.0")), scene.serve(wheel("beta", "2.0"))])
      let results = try await scene.build(log: log)
      #expect(log.started(.layer).sorted() == ["alpha-1.0-py3-none-any.whl", "beta-2.0-py3-none-any.whl"])
      #expect(results.map(\.layers) == [2, 2, 2, 2])
      #expect(results.map(\.madeLayers).reduce(0, +) == 2)
    }
  }

  @Test("one changed wheel makes that layer only, and the record's history grows by one")
  func change() async throws {
    try await MatrixScene.with { scene in
      let beta = try scene.serve(wheel("beta", "2.0"))
      try scene.lock([scene.serve(wheel("alpha", "1.0")), beta])
      try await scene.build("python-3.13.5@linux-x64")
      let old = try #require(try await scene.record())
      try scene.lock([scene.serve(wheel("alpha", "1.1")), beta])
      let log = EventLog()
      let results = try await scene.build("python-3.13.5@linux-x64", log: log)
      #expect(results.map(\.madeLayers) == [1])
      #expect(log.started(.layer) == ["alpha-1.1-py3-none-any.whl"])
      let new = try #require(try await scene.record())
      #expect(old.layers.map(\.digest).last == new.layers.map(\.digest).last && old.digest != new.digest)
    }
  }

  @Test("a bundle made again from what is in the cache fetches nothing, and has the same bytes")
  func warm() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      let bytes = try readFile(scene.path(linux + ".tar.zst"))
      let requests = scene.server.requests.count
      try removeTree(scene.path("dist"))
      try removeTree(scene.cache.appending("artifacts"))
      let log = EventLog()
      let results = try await scene.build("python-3.13.5@linux-x64", log: log)
      #expect(results.endings == [MatrixScene.cell: "built"] && results.map(\.madeLayers) == [0])
      #expect(scene.server.requests.count == requests)
      #expect(log.started(.verify) == [])
      #expect(try readFile(scene.path(linux + ".tar.zst")) == bytes)
      #expect(scene.exists("dist/catalogue.json"))
    }
  }

  @Test("a bundle or a manifest that is gone is made again", arguments: [".tar.zst", ".manifest.json"])
  func gone(suffix: String) async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      try removeTree(scene.path(linux + suffix))
      #expect(try await scene.state() == .bundleMissing)
      try await scene.build("python-3.13.5@linux-x64")
      #expect(scene.exists(linux + suffix))
      #expect(try await scene.state() == .upToDate)
    }
  }

  @Test("a wheel that is gone from the store leaves an up-to-date cell up to date")
  func storeGone() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      try removeTree(scene.cache)
      #expect(try await scene.build("python-3.13.5@linux-x64").endings == [MatrixScene.cell: "up to date"])
    }
  }

  @Test("of each cell the current bundle and the five before are remembered")
  func history() async throws {
    try await MatrixScene.with { scene in
      for version in 1...8 {
        try scene.lock([scene.serve(wheel("alpha", "\(version)"))])
        try await scene.build("python-3.13.5@linux-x64")
      }
      let catalogue = Catalogue(at: Catalogue.path(in: scene.root))
      let cell = try CellID(parsing: MatrixScene.cell)
      let generations = try await catalogue.history(of: cell).map(\.generation)
      #expect(generations.sorted() == [3, 4, 5, 6, 7, 8])
      #expect(try listDirectory(scene.path(".ppp/keys")).count == 1)
    }
  }
}

extension MatrixScene {
  /// When each file of `dist/`, `.ppp/` and the cache was last changed.
  func times() throws -> [String: Date] {
    var times: [String: Date] = [:]
    for name in ["dist", ".ppp", "../cache"] {
      for file in try tree(name) where !file.hasPrefix("catalogue.sqlite") {
        let path = path("\(name)/\(file)").string
        times["\(name)/\(file)"] =
          try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
      }
    }
    return times
  }
}
