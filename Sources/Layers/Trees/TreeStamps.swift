import Artifacts
package import Model

/// The stamps of a tree's files, layer by layer in the order of the layers' tables, as one pull leaves them to the next.
///
/// As bytes: `PPPSTAMP`, the number of layers, for each its digest's 64 digits, the number of its entries and four
/// numbers an entry (zeros where there is no stamp); then the digest of all that. Numbers are 64 bits, little endian.
package struct TreeStamps: Sendable, Hashable {
  private static let magic = Array("PPPSTAMP".utf8)

  package var layers: [Digest: [FileStamp?]]

  package init(_ layers: [Digest: [FileStamp?]]) { self.layers = layers }

  package var bytes: [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: UInt64(layers.count))
    for (layer, stamps) in layers.sorted(by: { $0.key < $1.key }) {
      bytes += layer.hex.utf8
      bytes.append(littleEndian: UInt64(stamps.count))
      for stamp in stamps {
        bytes.append(littleEndian: stamp?.inode ?? 0)
        bytes.append(littleEndian: stamp?.size ?? 0)
        bytes.append(littleEndian: stamp?.modified ?? 0)
        bytes.append(littleEndian: stamp?.changed ?? 0)
      }
    }
    return bytes + Array(Digest.sha256(of: bytes).hex.utf8)
  }

  /// Nil when the bytes are damaged.
  package init?(bytes: [UInt8]) {
    guard bytes.count >= 16 + 64, bytes.starts(with: Self.magic) else { return nil }
    let end = bytes.count - 64
    guard bytes[end...].elementsEqual(Digest.sha256(of: Array(bytes[..<end])).hex.utf8) else { return nil }
    var layers: [Digest: [FileStamp?]] = [:]
    var place = 16
    for _ in 0..<bytes.integer(UInt64.self, at: 8) {
      guard place + 72 <= end,
        let layer = try? Digest(parsing: String(decoding: bytes[place..<place + 64], as: UTF8.self))
      else { return nil }
      let count = bytes.integer(UInt64.self, at: place + 64)
      place += 72
      guard count <= UInt64((end - place) / 32) else { return nil }
      layers[layer] = (0..<Int(count)).map { number in
        let place = place + 32 * number
        let inode = bytes.integer(UInt64.self, at: place)
        return inode == 0
          ? nil
          : FileStamp(
            inode: inode, size: bytes.integer(Int64.self, at: place + 8),
            modified: bytes.integer(Int64.self, at: place + 16),
            changed: bytes.integer(Int64.self, at: place + 24))
      }
      place += 32 * Int(count)
    }
    self.layers = layers
  }
}
