package import Model

/// What a patch says about itself: what it is for, and how the parts of the new bundle come about.
///
/// docs/formats.md describes it. A table that was read is checked as a whole before anything is done by it.
package struct PatchTable: Sendable, Hashable, Codable {
  package struct Bundle: Sendable, Hashable, Codable {
    package let digest: Digest
    package let size: Int64
  }

  /// A part of the new bundle, in the order of the file.
  struct Part: Sendable, Hashable, Codable {
    enum Kind: String, Sendable, Codable {
      /// Bytes of the base, as they are.
      case copy
      /// Bytes of the patch, as they are.
      case data
      /// Bytes that differ from the base's as a zstd frame in the patch says.
      case delta
      /// A layer whose content is put together of pieces and compressed again.
      case layer
    }

    let kind: Kind
    /// Of the part, in the new bundle.
    let size: Int64
    /// Where in the base the bytes are that it is made from, or the layer.
    var offset: Int64?
    var baseSize: Int64?
    /// What it takes in the patch; a layer's pieces say so one by one.
    var packed: Int64?
    /// Of a layer: zstd's level, and the sizes of the tar segment and of its table's JSON.
    var level: Int?
    var segment: Int64?
    var table: Int64?
    var pieces: [Piece]?
  }

  /// A piece of a layer's content, as what sets it apart from a range of the base layer's.
  struct Piece: Sendable, Hashable, Codable {
    let offset: Int64
    let baseSize: Int64
    let size: Int64
    let packed: Int64
  }

  package static let currentVersion = 1
  /// What a piece may have, in bytes; with its base it stays below `ZstdDelta.limit`.
  static let pieceLimit: Int64 = 32 << 20
  static let baseLimit: Int64 = 64 << 20

  package let schemaVersion: Int
  /// Patches are applied in the order of their numbers.
  package let sequence: Int
  package let base: Bundle
  package let target: Bundle
  /// The version of libzstd that made it.
  package let compressor: String
  let parts: [Part]

  /// What is wrong with a table that was read, or nil; after that its numbers can be relied on.
  func flaw(payload: Int64) -> String? {
    guard schemaVersion == Self.currentVersion else { return "its version \(schemaVersion) is unknown" }
    guard sequence >= 0, base.size >= 0, target.size >= 0 else { return "it has a negative number" }
    var (left, rest) = (target.size, payload)
    for part in parts {
      guard part.size > 0, part.size <= left else { return "its parts are not as long as the new bundle" }
      left -= part.size
      guard let packed = part.packedSize(base: base), packed <= rest else {
        return "a part of it does not lie where there is room for it"
      }
      rest -= packed
    }
    if left != 0 { return "its parts are not as long as the new bundle" }
    return rest == 0 ? nil : "it holds bytes that no part of it uses"
  }
}

extension PatchTable.Part {
  /// How much of the patch it takes; nil when a number in it is impossible.
  fileprivate func packedSize(base: PatchTable.Bundle) -> Int64? {
    let (offset, baseSize) = (offset ?? 0, baseSize ?? 0)
    guard offset >= 0, baseSize >= 0, offset <= base.size, baseSize <= base.size - offset else { return nil }
    switch kind {
    case .copy: return baseSize == size ? 0 : nil
    case .data: return size
    case .delta:
      guard let packed, packed > 0, size <= PatchTable.pieceLimit, baseSize <= PatchTable.baseLimit,
        packed <= size + (1 << 16)
      else { return nil }
      return packed
    case .layer:
      guard let level, (1...22).contains(level), let segment, let table, let pieces, segment >= 0, table > 0,
        segment <= ArchiveLimits.standard.bytes, table <= 512 << 20
      else { return nil }
      return Self.packedSize(of: pieces, giving: segment + table)
    }
  }

  private static func packedSize(of pieces: [PatchTable.Piece], giving size: Int64) -> Int64? {
    var (left, packed) = (size, Int64(0))
    for piece in pieces {
      guard piece.offset >= 0, (0...PatchTable.baseLimit).contains(piece.baseSize),
        piece.offset <= .max - piece.baseSize, (1...PatchTable.pieceLimit).contains(piece.size),
        piece.size <= left, (1...piece.size + 1 << 16).contains(piece.packed)
      else { return nil }
      left -= piece.size
      packed += piece.packed
    }
    return left == 0 ? packed : nil
  }
}
