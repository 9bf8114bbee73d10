import Artifacts
import Layers
import Model
import SystemPackage

/// Two bundles that have a layer in common, one that changed a little, and one that only the newer has.
struct PatchScene {
  let directory: FilePath
  let old: FilePath
  let new: FilePath

  static func with(level: Int = 3, _ body: (PatchScene) async throws -> Void) async throws {
    try await Scratch.with { scratch in
      let text = (0..<20_000).map { "line \($0) \($0 &* 2_654_435_761 % 1_000_003)\n" }.joined()
      func layer(_ name: String, _ files: [(String, String)]) async throws -> BundleLayer {
        let key = LayerKey(
          kind: "test", version: 1,
          fields: [("files", "\(files.map { "\($0.0) \(Digest.sha256(of: $0.1))" })"), ("level", "\(level)")])
        let layer = try await scratch.store.make(key, level: level) { writer, _ in
          for (path, text) in files { try writer.addFile(path, bytes: Array(text.utf8)) }
        }
        return BundleLayer(name: name, kind: "wheel", layer: layer)
      }
      let same = try await layer("wheel same 1", [("same/x.py", "print(1)"), ("same/data", text)])
      let base = try await layer(
        "big 1.0", [("big/a.py", text), ("big/b.py", "b"), ("big-1.0.dist-info/RECORD", text)])
      let target = try await layer(
        "big 1.1",
        [
          ("big/a.py", text.replacing("line 777 ", with: "zeile 777 ")), ("big/c.py", "c"),
          ("big-1.1.dist-info/RECORD", text + "more"),
        ])
      let extra = try await layer("wheel extra 2", [("extra/x.py", "extra")])
      let scene = PatchScene(
        directory: scratch.directory.appending("out"), old: scratch.directory.appending("out/old"),
        new: scratch.directory.appending("out/new"))
      _ = try await writeBundle([same, base], metadata: ["a": "1"], store: scratch.store, to: scene.old)
      _ = try await writeBundle(
        [same, target, extra], metadata: ["a": "1"], store: scratch.store, to: scene.new)
      try await body(scene)
    }
  }

  func patch(_ settings: PatchSettings = PatchSettings()) throws -> PatchFile {
    try writePatch(
      from: old, to: new, at: directory.appending("x.patch"), settings, cancellation: Cancellation())
  }
}
