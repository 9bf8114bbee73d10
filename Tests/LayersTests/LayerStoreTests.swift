import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@Suite struct LayerStoreTests {
  @Test("a layer is made once for equal keys and lists its files")
  func makeOnce() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let store = LayerStore(cache: directory)
      let key = LayerKey(kind: "test", version: 1, fields: [("name", "é \"x\"")])
      let layer = try await store.make(key, level: 3) { writer, _ in
        try writer.addFile("bin/tool", bytes: Array("#!/bin/sh\n".utf8), executable: true)
        try writer.addFile("lib/é.txt", bytes: [])
        try writer.addSymlink("bin/link", target: "tool")
        try writer.addDirectory("empty")
      }
      let again = try await store.make(key, level: 3) { _, _ in throw CancellationError() }
      #expect(again == layer)
      #expect(try await LayerStore(cache: directory).find(key) == layer)
      #expect(
        try store.entries(of: layer) == [
          LayerEntry(
            path: "bin/tool",
            kind: .file(size: 10, digest: .sha256(of: "#!/bin/sh\n"), isExecutable: true)),
          LayerEntry(path: "lib/é.txt", kind: .file(size: 0, digest: .sha256(of: ""), isExecutable: false)),
          LayerEntry(path: "bin/link", kind: .symlink(target: "tool")),
          LayerEntry(path: "empty", kind: .directory),
        ])
    }
  }

  @Test("a wheel goes from the artifact store through a layer into a bundle and out again")
  func wholeWay() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let artifacts = ArtifactStore(cache: directory)
      let store = LayerStore(cache: directory)
      var wheel = WheelMaker(
        name: "demo", version: "1.0", files: ["demo/__init__.py": "x = 1\n", "demo/é.py": ""])
      wheel.executables = ["demo/__init__.py"]
      let artifact = try await artifacts.add(wheel.bytes)
      let key = LayerKey(kind: "wheel", version: 1, fields: [("artifact", "\(artifact.digest)")])
      let layer = try await store.make(key, level: 3) { writer, _ in
        let reader = try ArchiveReader(artifact)
        while let entry = try reader.next() {
          if let path = try entry.relativePath() { try writer.add(entry, at: path, from: reader) }
        }
      }
      let bundle = try await writeBundle(
        [BundleLayer(name: "wheel demo 1.0", kind: "wheel", layer: layer)], metadata: ["cell": "x"],
        store: store,
        to: directory.appending("out/demo.tar.zst"))
      #expect(try Digest.sha256(ofFile: bundle.path) == bundle.digest)
      #expect(try BundleReader(bundle.path).entries() == store.entries(of: layer))
      try unpackBundle(at: bundle.path, into: directory.appending("tree"))
      #expect(try readFile(directory.appending("tree/demo/__init__.py")) == Array("x = 1\n".utf8))
      #expect(try readFile(directory.appending("tree/demo/é.py")).isEmpty)
    }
  }
}
