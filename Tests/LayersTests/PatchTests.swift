import Artifacts
import Model
import SystemPackage
import Testing

@testable import Layers

@Suite struct PatchTests {
  @Test("a patch gives the new bundle to the byte, and takes little of what changed little")
  func roundTrip() async throws {
    try await PatchScene.with { scene in
      let patch = try scene.patch()
      let made = scene.directory.appending("made")
      let bundle = try applyPatch(patch, to: scene.old, at: made, cancellation: Cancellation())
      #expect(try readFile(made) == readFile(scene.new))
      #expect(bundle.digest == patch.table.target.digest)
      #expect(patch.size < 4000, "\(patch.size)")
      #expect(try listDirectory(scene.directory).filter { $0.hasPrefix(".") } == [])
    }
  }

  @Test("a portable patch brings whole layers, and only those that the base lacks")
  func portable() async throws {
    try await PatchScene.with { scene in
      let patch = try scene.patch(PatchSettings(isPortable: true))
      let made = scene.directory.appending("made")
      _ = try applyPatch(patch, to: scene.old, at: made, cancellation: Cancellation())
      #expect(try readFile(made) == readFile(scene.new))
      let layers = try BundleReader(scene.new).table.layers
      let missing = layers.filter { $0.name != "wheel same 1" }.reduce(0) { $0 + $1.size }
      #expect(patch.size > missing && patch.size < missing + 1500)
    }
  }

  @Test("applying to the wrong base names both and leaves nothing")
  func wrongBase() async throws {
    try await PatchScene.with { scene in
      let patch = try scene.patch(PatchSettings(sequence: 7))
      let made = scene.directory.appending("made")
      let error = try #require(throws: LayersError.self) {
        _ = try applyPatch(patch, to: scene.new, at: made, cancellation: Cancellation())
      }
      #expect(error.description.contains("patch 7"))
      #expect(error.description.contains(patch.table.base.digest.hex))
      #expect(error.description.contains(patch.table.target.digest.hex))
      #expect(FileStatus(of: made) == nil)
    }
  }

  @Test("a layer that no level gives again is taken whole")
  func foreignLevel() async throws {
    try await PatchScene.with(level: 5) { scene in
      let patch = try scene.patch()
      let made = scene.directory.appending("made")
      _ = try applyPatch(patch, to: scene.old, at: made, cancellation: Cancellation())
      #expect(try readFile(made) == readFile(scene.new))
      #expect(patch.size > 4000)
    }
  }

  @Test("equal bundles give equal patches")
  func deterministic() async throws {
    try await PatchScene.with { scene in
      let first = try readFile(scene.patch().path)
      #expect(try readFile(scene.patch().path) == first)
    }
  }
}

/// Patches that damage or malice made; none of them gives a bundle.
@Suite struct HostilePatchTests {
  private func refused(_ scene: PatchScene, _ bytes: [UInt8], _ comment: String) throws {
    let path = scene.directory.appending("hostile")
    try writeAtomically(bytes, to: path)
    let made = scene.directory.appending("made")
    #expect(throws: LayersError.self, "\(comment)") {
      _ = try applyPatch(try PatchFile(path), to: scene.old, at: made, cancellation: Cancellation())
    }
    #expect(FileStatus(of: made) == nil)
  }

  @Test("a patch that is cut off is refused, wherever it is cut")
  func truncated() async throws {
    try await PatchScene.with { scene in
      let bytes = try readFile(scene.patch().path)
      for count in stride(from: 0, to: bytes.count, by: 97) {
        try refused(scene, Array(bytes[..<count]), "\(count)")
      }
    }
  }

  @Test("a patch with a changed bit is refused, wherever the bit is")
  func damaged() async throws {
    try await PatchScene.with { scene in
      let bytes = try readFile(scene.patch().path)
      for position in stride(from: 0, to: bytes.count, by: 61) {
        var changed = bytes
        changed[position] ^= 0x10
        try refused(scene, changed, "byte \(position)")
      }
    }
  }

  @Test(
    "a table with a right checksum and wrong numbers is refused",
    arguments: [
      ("\"schemaVersion\":1", "\"schemaVersion\":2"), ("\"sequence\":1", "\"sequence\":-1"),
      ("\"offset\":0", "\"offset\":-1"), ("\"offset\":0", "\"offset\":9000000000000000000"),
      ("\"kind\":\"copy\"", "\"kind\":\"move\""), ("\"kind\":\"copy\"", "\"kind\":\"data\""),
      ("\"kind\":\"delta\"", "\"kind\":\"copy\""), ("\"kind\":\"layer\"", "\"kind\":\"delta\""),
      ("\"level\":3", "\"level\":99"), ("\"level\":3", "\"level\":4"),
      ("\"segment\":", "\"segment\":1"), ("\"segment\":", "\"segment\":-"), ("\"table\":", "\"table\":9"),
      ("\"packed\":", "\"packed\":9"), ("\"packed\":", "\"packed\":-"), ("\"pieces\":[", "\"pieces\":[7,"),
      ("\"size\":", "\"size\":9"), ("\"size\":", "\"size\":-"), ("\"baseSize\":", "\"baseSize\":9"),
      ("\"baseSize\":", "\"baseSize\":-"), ("\"parts\":[", "\"parts\":[],\"p\":["),
    ])
  func forged(_ old: String, _ new: String) async throws {
    try await PatchScene.with { scene in
      let bytes = try readFile(scene.patch().path)
      for occurrence in 0..<2 {
        guard let forged = try forging(bytes, old, new, occurrence) else { continue }
        try refused(scene, forged, "\(new) at occurrence \(occurrence)")
      }
    }
  }

  /// The patch with a table in which one text stands for another, checksum and all.
  private func forging(_ bytes: [UInt8], _ old: String, _ new: String, _ occurrence: Int) throws -> [UInt8]? {
    let footer = bytes.count - 56
    func number(at offset: Int) -> Int { (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) } }
    let start = footer - number(at: footer)
    guard
      let json = ZstdBlock.decompress(bytes[start..<footer], size: number(at: footer + 8)),
      let place = String(decoding: json, as: UTF8.self).ranges(of: old).dropFirst(occurrence).first
    else { return nil }
    var text = String(decoding: json, as: UTF8.self)
    text.replaceSubrange(place, with: new)
    let forged = Array(text.utf8)
    let frame = try ZstdBlock.compress(forged)
    let sizes = [frame.count, forged.count].flatMap { size in
      withUnsafeBytes(of: UInt64(size).littleEndian) { Array($0) }
    }
    return bytes[..<start] + frame + sizes + Digest.sha256(of: forged).bytes + Array("PPPPATCH".utf8)
  }
}
