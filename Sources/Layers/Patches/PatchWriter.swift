import Artifacts
package import Model
package import SystemPackage

/// How a patch is made.
package struct PatchSettings: Sendable {
  package var sequence: Int
  /// zstd's level for what the patch brings, 1 to 22.
  package var level: Int
  /// Whether it may be applied with any version of libzstd; whole layers then, instead of what changed in their files.
  package var isPortable: Bool

  package init(sequence: Int = 1, level: Int = 19, isPortable: Bool = false) {
    self.sequence = sequence
    self.level = level
    self.isPortable = isPortable
  }
}

/// Writes what sets a bundle apart from an older one: the layers that the old one lacks, and of those that replace
/// one of its layers only what changed in their files.
///
/// The patch appears whole or not at all. It blocks; some 300 MB of memory are used whatever the bundles' sizes.
///
/// - Throws: `LayersError.malformedBundle` when one of the two is no `.tar.zst` bundle.
package func writePatch(
  from base: FilePath, to target: FilePath, at path: FilePath, _ settings: PatchSettings,
  cancellation: Cancellation
) throws -> PatchFile {
  let writer = try PatchWriter(from: base, to: target, at: path, settings, cancellation)
  try writer.run()
  return try PatchFile(path)
}

final class PatchWriter {
  private typealias Part = PatchTable.Part

  private let base: OpenBundle
  private let target: OpenBundle
  private let path: FilePath
  private let settings: PatchSettings
  private let cancellation: Cancellation
  private let draft: Draft
  private var parts: [Part] = []
  /// The level by which a layer was last made again, the most likely one for the next.
  private var likelyLevels = [3, 19, 9]

  init(
    from base: FilePath, to target: FilePath, at path: FilePath, _ settings: PatchSettings,
    _ cancellation: Cancellation
  ) throws {
    self.base = try OpenBundle(base, cancellation)
    self.target = try OpenBundle(target, cancellation)
    self.path = path
    self.settings = settings
    self.cancellation = cancellation
    try makeDirectory(path.removingLastComponent())
    draft = try Draft(in: path.removingLastComponent(), prefix: ".", for: path)
    try PatchFile.magic.withUnsafeBytes { try draft.write($0) }
  }

  func run() throws {
    let there = Dictionary(base.table.layers.map { ($0.digest, $0) }) { first, _ in first }
    let replaced = base.table.layers.filter { layer in
      !target.table.layers.contains { $0.digest == layer.digest }
    }
    for layer in target.table.layers {
      try cancellation.check()
      if let same = there[layer.digest], same.size == layer.size {
        copy(same)
      } else {
        let old = settings.isPortable ? nil : PatchPartner.find(for: layer, among: replaced)
        if try old.map({ try replace($0, by: layer) }) != true { try bring(layer.offset, layer.size) }
      }
    }
    try bringEnd()
    let table = PatchTable(
      schemaVersion: PatchTable.currentVersion, sequence: settings.sequence, base: base.facts,
      target: target.facts, compressor: ZstdDelta.version, parts: parts)
    try PatchFile.end(table).withUnsafeBytes { try draft.write($0) }
    try draft.finish(at: path, permissions: 0o644, durably: true)
  }

  private func copy(_ layer: TableOfContents.Layer) {
    if let last = parts.last, last.kind == .copy, let start = last.offset, start + last.size == layer.offset {
      let size = last.size + layer.size
      parts[parts.count - 1] = Part(kind: .copy, size: size, offset: start, baseSize: size)
    } else {
      parts.append(Part(kind: .copy, size: layer.size, offset: layer.offset, baseSize: layer.size))
    }
  }

  /// Takes bytes of the new bundle into the patch as they are.
  private func bring(_ offset: Int64, _ size: Int64) throws {
    try target.file.pieces(offset: offset, size: size) {
      try cancellation.check()
      try draft.write($0)
    }
    parts.append(Part(kind: .data, size: size))
  }

  /// The bundle's own table of contents has much in common with the old one's.
  private func bringEnd() throws {
    let (old, new) = (base.table.endOfLayers, target.table.endOfLayers)
    let (oldSize, newSize) = (base.facts.size - old, target.facts.size - new)
    guard newSize <= PatchTable.pieceLimit, oldSize <= PatchTable.baseLimit else {
      return try bring(new, newSize)
    }
    let packed = try delta(
      try target.file.bytes(at: new, count: Int(newSize)), try base.file.bytes(at: old, count: Int(oldSize)))
    try packed.withUnsafeBytes { try draft.write($0) }
    parts.append(
      Part(kind: .delta, size: newSize, offset: old, baseSize: oldSize, packed: Int64(packed.count)))
  }

  private func delta(_ content: [UInt8], _ prefix: [UInt8]) throws -> [UInt8] {
    try content.withUnsafeBytes { content in
      try prefix.withUnsafeBytes { try ZstdDelta.compress(content, against: $0, level: settings.level) }
    }
  }

  /// Brings a layer as what changed in its files.
  ///
  /// - Returns: false when it can't be made again to the byte, or would take as much as the layer itself.
  private func replace(_ old: TableOfContents.Layer, by new: TableOfContents.Layer) throws -> Bool {
    let scratch = path.removingLastComponent()
    guard
      let content = try LayerContent(of: target.file, at: new.offset, size: new.size, scratch: scratch),
      let level = try RepackedLayer.level(of: content, digest: new.digest, likelyLevels, cancellation),
      let former = try LayerContent(of: base.file, at: old.offset, size: old.size, scratch: scratch)
    else { return false }
    likelyLevels = [level] + likelyLevels.filter { $0 != level }
    let start = try draft.file.seek(offset: 0, from: .current)
    var left = new.size
    var pieces: [PatchTable.Piece] = []
    for piece in PiecePlan.pieces(of: content, against: former) {
      try cancellation.check()
      let packed = try delta(
        try content.bytes(at: piece.start, count: piece.size),
        try former.bytes(at: piece.baseStart, count: piece.baseSize))
      left -= Int64(packed.count)
      guard left > 0 else {
        try draft.cut(to: start)
        return false
      }
      try packed.withUnsafeBytes { try draft.write($0) }
      pieces.append(
        PatchTable.Piece(
          offset: piece.baseStart, baseSize: piece.baseSize, size: piece.size, packed: Int64(packed.count)))
    }
    parts.append(
      Part(
        kind: .layer, size: new.size, offset: old.offset, baseSize: old.size, level: level,
        segment: content.segment, table: content.table, pieces: pieces))
    return true
  }
}
