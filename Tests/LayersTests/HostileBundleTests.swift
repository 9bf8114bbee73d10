import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@Suite struct HostileBundleTests {
  /// Makes a bundle of one layer, and passes its bytes and a way to have other bytes read as a bundle.
  private func withBundle(_ body: (_ bytes: [UInt8], _ read: ([UInt8]) throws -> Void) throws -> Void)
    async throws
  {
    try await Scratch.with { scratch in
      let layer = BundleLayer(name: "wheel x", kind: "wheel", layer: try await scratch.layer(["x.py": "1"]))
      let path = scratch.directory.appending("bundle")
      _ = try await writeBundle([layer], metadata: [:], store: scratch.store, to: path)
      try body(readFile(path)) { changed in
        try writeAtomically(changed, to: path)
        _ = try BundleReader(path).entries()
      }
    }
  }

  @Test("a bundle cut off or with bytes behind it is refused")
  func cut() async throws {
    try await withBundle { bytes, read in
      try read(bytes)
      let changes: [[UInt8]] = [
        [], bytes.dropLast(), bytes + [0], Array(bytes.suffix(56)), Array(bytes.suffix(64)),
        Array(bytes.dropFirst()),
        bytes + bytes,
      ]
      for changed in changes {
        #expect(throws: LayersError.self, "\(changed.count) bytes") { try read(changed) }
      }
    }
  }

  @Test("a change of any byte of the table, its frame or its footer is noticed")
  func flipped() async throws {
    try await withBundle { bytes, read in
      let length = Int(bytes[bytes.count - 48]) | Int(bytes[bytes.count - 47]) << 8
      #expect(length > 100)
      for position in 1...length + 64 {
        var changed = bytes
        changed[bytes.count - position] ^= 0x10
        #expect(throws: LayersError.self, "\(position) bytes from the end") { try read(changed) }
      }
    }
  }

  @Test(
    "a table with a right checksum and wrong content is refused",
    arguments: [
      ("\"offset\":0", "\"offset\":1"), ("\"offset\":0", "\"offset\":-9"),
      ("\"size\":", "\"size\":9000000000000000"),
      ("\"size\":", "\"size\":-"), ("\"size\":", "\"size\":1e99,\"s\":"),
      ("\"schemaVersion\":1", "\"schemaVersion\":2"),
      ("sha256:", "sha256:zz"), ("\"layers\":[", "\"layers\":[7,"), ("\"layers\"", "\"players\""), ("{", "["),
      ("\"fileCount\":1", "\"fileCount\":-1"), ("{", "{"),
    ])
  func forged(_ old: String, _ new: String) async throws {
    try await withBundle { bytes, read in
      let footer = bytes.count - 56
      let length = (0..<8).reduce(0) { $0 | Int(bytes[footer + 8 + $1]) << (8 * $1) }
      let start = footer - length
      let json = String(decoding: bytes[start..<footer], as: UTF8.self)
      let forged = Array(json.replacing(old, with: new).utf8)
      #expect(old == new || json.contains(old))
      var tail = forged + bytes[footer..<footer + 8]
      tail += withUnsafeBytes(of: UInt64(forged.count).littleEndian) { Array($0) }
      tail += testSHA256(forged) + Array("PPPBNDL1".utf8)
      let size = withUnsafeBytes(of: UInt32(tail.count).littleEndian) { Array($0) }
      let changed = bytes[..<(start - 4)] + size + tail
      if old == new {
        try read(Array(changed))
      } else {
        #expect(throws: LayersError.self) { try read(Array(changed)) }
      }
    }
  }

  @Test("a damaged file table of a layer is refused")
  func fileTable() async throws {
    for distance in [1, 9, 17, 25, 33, 40] {
      try await Scratch.with { scratch in
        let layer = try await scratch.layer(["x.py": "1"])
        try scratch.damage(layer, at: Int(layer.size) - distance)
        #expect(throws: LayersError.corruptLayer([layer.digest], names: ["layer \(layer.digest)"])) {
          _ = try scratch.store.entries(of: layer)
        }
      }
    }
  }

  @Test("a bundle whose data are damaged is not unpacked as if it were whole")
  func damagedData() async throws {
    try await Scratch.with { scratch in
      let text = (0..<5000).map { "\($0 * 7919)" }.joined()
      let layer = BundleLayer(name: "x", kind: "wheel", layer: try await scratch.layer(["x.py": text]))
      let path = scratch.directory.appending("bundle")
      _ = try await writeBundle([layer], metadata: [:], store: scratch.store, to: path)
      var bytes = try readFile(path)
      bytes[3000] ^= 1
      try writeAtomically(bytes, to: path)
      #expect(throws: LayersError.self) { try unpackBundle(at: path, into: scratch.tree) }
    }
  }
}
