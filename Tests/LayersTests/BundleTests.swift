import Artifacts
import Layers
import Model
import SystemPackage
import Testing

@Suite struct BundleTests {
  private func wheel(_ name: String, _ layer: Layer) -> BundleLayer {
    BundleLayer(name: "wheel \(name)", kind: "wheel", layer: layer)
  }

  @Test("the same layers give the same bytes, in another cache too, and a warm call as well")
  func deterministic() async throws {
    func digests() async throws -> [Digest] {
      try await Scratch.with { scratch in
        let layers = [
          wheel("a", try await scratch.layer(["a/x.py": "1", "a/é.py": "2"], links: ["a/link": "x.py"])),
          wheel("b", try await scratch.layer(["b/y.py": "3"])),
        ]
        let out = scratch.directory.appending("out")
        var found: [Digest] = []
        for name in ["1", "2"] {
          let bundle = try await writeBundle(
            layers, metadata: ["b": "2", "a": "1"], store: scratch.store, to: out.appending(name))
          let zip = try await writeZipBundle(layers, store: scratch.store, to: out.appending(name + ".zip"))
          #expect(try Digest.sha256(ofFile: bundle.path) == bundle.digest)
          #expect(try Digest.sha256(ofFile: zip.path) == zip.digest)
          #expect(try readFile(bundle.path).count == Int(bundle.size))
          found += [bundle.digest, zip.digest]
        }
        #expect(try listDirectory(out) == ["1", "1.zip", "2", "2.zip"])
        #expect(found[0] == found[2] && found[1] == found[3])
        return found
      }
    }
    #expect(try await digests() == digests())
  }

  @Test("the table of contents says where each layer lies")
  func table() async throws {
    try await Scratch.with { scratch in
      let layers = [
        wheel("a", try await scratch.layer(["a/x.py": "1"])),
        wheel("b", try await scratch.layer(["b/y.py": "3"])),
      ]
      let path = scratch.directory.appending("bundle")
      _ = try await writeBundle(layers, metadata: ["cell": "é"], store: scratch.store, to: path)
      let table = try BundleReader(path).table
      let bytes = try readFile(path)
      #expect(table.metadata == ["cell": "é"])
      #expect(table.layers.map(\.name) == ["wheel a", "wheel b"])
      for layer in table.layers {
        #expect(
          Digest.sha256(of: Array(bytes[Int(layer.offset)..<Int(layer.offset + layer.size)])) == layer.digest)
      }
    }
  }

  @Test(
    "paths that two layers both have, or that one file system takes for the same, are refused with both named"
  )
  func collisions() async throws {
    try await Scratch.with { scratch in
      let base = wheel(
        "a", try await scratch.layer(["pkg/Mod.py": "1", "pkg/sub/x": "2"], links: ["lib": "pkg"]))
      for files: KeyValuePairs in [
        ["pkg/Mod.py": "2"], ["pkg/mod.py": "1"], ["pkg/sub": "file"], ["pkg/mod.py/x": "below"],
        ["lib/x": "through"],
      ] {
        let other = BundleLayer(name: "files", kind: "other", layer: try await scratch.layer(files))
        let error = await #expect(throws: LayersError.self) {
          _ = try await writeBundle(
            [base, other], metadata: [:], store: scratch.store, to: scratch.directory.appending("x"))
        }
        let text = String(describing: error)
        #expect(text.contains("wheel a") && text.contains("files"))
      }
      #expect(try listDirectory(scratch.directory) == ["cache"])
    }
  }

  @Test(
    "a files layer takes the place of a wheel's file, equal files stay once, and other collisions are errors")
  func overwriting() async throws {
    try await Scratch.with { scratch in
      let a = wheel("a", try await scratch.layer(["ns/__init__.py": "", "a/x.py": "old", "a/y.py": "y"]))
      let b = wheel("b", try await scratch.layer(["ns/__init__.py": "", "b/z.py": "z"]))
      let files = BundleLayer(
        name: "copied files", kind: "files", layer: try await scratch.layer(["a/x.py": "new"]))
      let (layers, overwritten) = try await scratch.store.resolvingOverwrites([a, b, files], level: 3)
      #expect(overwritten == [.init(path: "a/x.py", layer: "wheel a", by: "copied files")])
      #expect(layers.map(\.name) == ["wheel a", "wheel b", "copied files"])
      let path = scratch.directory.appending("bundle")
      _ = try await writeBundle(layers, metadata: [:], store: scratch.store, to: path)
      #expect(
        try BundleReader(path).entries().map(\.path) == ["ns/__init__.py", "a/y.py", "b/z.py", "a/x.py"])
      try unpackBundle(at: path, into: scratch.tree)
      #expect(try readFile(scratch.tree.appending("a/x.py")) == Array("new".utf8))
      let c = wheel("c", try await scratch.layer(["a/x.py": "other"]))
      await #expect(
        throws: LayersError.collision(
          path: "a/x.py", layer: "wheel c", otherPath: "a/x.py", otherLayer: "wheel a")
      ) { _ = try await scratch.store.resolvingOverwrites([a, c], level: 3) }
    }
  }

  @Test("a layer that was damaged in the store is named, removed, and made again", arguments: [true, false])
  func damaged(isWarm: Bool) async throws {
    try await Scratch.with { scratch in
      let path = scratch.directory.appending("bundle")
      let good = wheel("good", try await scratch.layer(["good.py": "1"]))
      let bad = wheel("bad", try await scratch.layer(["bad.py": "1"]))
      if isWarm { _ = try await writeBundle([good, bad], metadata: [:], store: scratch.store, to: path) }
      try scratch.damage(bad.layer, at: 20)
      // A new store is a new run, which has made none of the layers itself.
      let store = isWarm ? scratch.store : LayerStore(cache: scratch.directory.appending("cache"))
      await #expect(throws: LayersError.corruptLayer([bad.layer.digest], names: ["wheel bad"])) {
        _ = try await writeBundle([good, bad], metadata: [:], store: store, to: path)
      }
      #expect(try store.inventory().filter { !$0.keys.contains { $0.kind == "zip" } }.count == 1)
      #expect(try await scratch.layer(["bad.py": "1"]) == bad.layer)
      _ = try await writeBundle([good, bad], metadata: [:], store: store, to: path)
      #expect(try BundleReader(path).entries().count == 2)
    }
  }

  @Test("a layer that was cut off or taken away counts as absent")
  func truncated() async throws {
    try await Scratch.with { scratch in
      let layer = try await scratch.layer(["x.py": "1"])
      let key = LayerKey(kind: "gone", version: 1, fields: [])
      let kept = try await scratch.store.make(key, level: 3) { writer, _ in
        try writer.addFile("y", bytes: [1])
      }
      try writeAtomically(
        readFile(scratch.store.path(of: kept.digest)).dropLast(), to: scratch.store.path(of: kept.digest))
      #expect(try await scratch.store.find(key) == nil)
      try removeTree(scratch.store.path(of: layer.digest))
      await #expect(throws: LayersError.corruptLayer([layer.digest], names: ["wheel x"])) {
        _ = try await writeBundle(
          [wheel("x", layer)], metadata: [:], store: scratch.store, to: scratch.directory.appending("x"))
      }
    }
  }

  @Test("pruning removes layers and the keys that led to them, but not while another uses the store")
  func prune() async throws {
    try await Scratch.with { scratch in
      let first = try await scratch.layer(["x.py": "1"])
      let second = try await scratch.layer(["y.py": "2"])
      let inventory = try scratch.store.inventory()
      #expect(Set(inventory.map(\.digest)) == [first.digest, second.digest])
      #expect(inventory.allSatisfy { $0.keys.count == 1 && $0.lastUse > 0 })
      let other = LayerStore(cache: scratch.directory.appending("cache"))
      _ = try await other.find(LayerKey(kind: "none", version: 1, fields: []))
      #expect(throws: ArtifactError.self) { try scratch.store.prune([first.digest]) }
    }
    try await Scratch.with { scratch in
      let first = try await scratch.layer(["x.py": "1"])
      let second = try await scratch.layer(["y.py": "2"])
      let pruned = try scratch.store.prune([first.digest])
      #expect(pruned.layers == 1 && pruned.keys == 1 && pruned.bytes == first.size)
      #expect(try scratch.store.inventory().map(\.digest) == [second.digest])
      #expect(try await scratch.layer(["x.py": "1"]) == first)
    }
  }

  @Test("two stores on one cache make the same layer at the same time")
  func twoStores() async throws {
    try await Scratch.with { scratch in
      let cache = scratch.directory.appending("cache")
      let layers = try await (0..<8).concurrentMap(width: 8) { index in
        try await LayerStore(cache: cache).make(LayerKey(kind: "two", version: 1, fields: []), level: 3) {
          writer, _ in
          try writer.addFile("x", bytes: [UInt8](repeating: 1, count: 1 << 20))
        }
      }
      #expect(Set(layers).count == 1)
      #expect(try scratch.store.inventory().count == 1)
      #expect(try listDirectory(cache.appending("layers/drafts")).isEmpty)
    }
  }

  @Test("many tasks asking for one layer at once get one, made once")
  func singleFlight() async throws {
    try await Scratch.with { scratch in
      let key = LayerKey(kind: "once", version: 1, fields: [])
      let marks = scratch.directory.appending("marks")
      try makeDirectory(marks)
      let layers = try await (0..<20).concurrentMap(width: 20) { index in
        try await scratch.store.make(key, level: 3) { writer, _ in
          try makeDirectory(marks.appending("\(index)"))
          try writer.addFile("x", bytes: [1])
        }
      }
      #expect(Set(layers).count == 1)
      #expect(try listDirectory(marks).count == 1)
    }
  }
}
