import Artifacts
package import Model
package import SystemPackage

/// Makes the new bundle of the old one and a patch, byte for byte.
///
/// The bundle appears whole or not at all. It blocks; besides some 300 MB of memory it needs room beside the new
/// bundle for the largest layer that changed, unpacked, and nothing of that is left behind.
///
/// - Throws: `LayersError.wrongBase` when the patch is for another bundle, `.malformedPatch` for one that says what it
///   can't keep, `.wrongTarget` when another version of libzstd does not give the same bytes.
package func applyPatch(
  _ patch: PatchFile, to base: FilePath, at path: FilePath, cancellation: Cancellation
) throws -> BundleFile {
  try PatchApplication(patch, to: base, at: path, cancellation).run()
}

final class PatchApplication {
  private let patch: PatchFile
  private let base: OpenBundle
  private let path: FilePath
  private let cancellation: Cancellation
  private let payload: FileDescriptor
  private let draft: Draft
  private var position = Int64(PatchFile.magic.count)

  init(_ patch: PatchFile, to base: FilePath, at path: FilePath, _ cancellation: Cancellation) throws {
    self.patch = patch
    self.path = path
    self.cancellation = cancellation
    self.base = try OpenBundle(base, cancellation)
    guard self.base.facts == patch.table.base else {
      throw LayersError.wrongBase(
        patch: patch.path, sequence: patch.table.sequence, expected: patch.table.base.digest,
        actual: self.base.facts.digest)
    }
    try makeDirectory(path.removingLastComponent())
    draft = try Draft(in: path.removingLastComponent(), prefix: ".", for: path)
    do {
      payload = try FileDescriptor.open(patch.path, .readOnly, options: .closeOnExec)
    } catch {
      throw FileError(verb: "read", path: patch.path, cause: error)
    }
  }

  deinit {
    // Closing a file that was only read loses nothing.
    try? payload.close()
  }

  func run() throws -> BundleFile {
    for part in patch.table.parts {
      try cancellation.check()
      let start = try draft.file.seek(offset: 0, from: .current)
      try add(part)
      guard try draft.file.seek(offset: 0, from: .current) - start == part.size else {
        throw try wrongTarget()
      }
    }
    guard try draft.file.digest(cancellation) == patch.table.target.digest else { throw try wrongTarget() }
    try draft.finish(at: path, permissions: 0o644, durably: true)
    return BundleFile(path: path, digest: patch.table.target.digest, size: patch.table.target.size)
  }

  private func add(_ part: PatchTable.Part) throws {
    switch part.kind {
    case .copy: try copy(base.file, from: part.offset ?? 0, part.size)
    case .data:
      try copy(payload, from: position, part.size)
      position += part.size
    case .delta:
      let prefix = try base.file.bytes(at: part.offset ?? 0, count: Int(part.baseSize ?? 0))
      let content = try piece(part.packed ?? 0, against: prefix, size: part.size)
      try content.withUnsafeBytes { try draft.write($0) }
    case .layer: try addLayer(part)
    }
  }

  private func copy(_ source: FileDescriptor, from offset: Int64, _ size: Int64) throws {
    do {
      guard try draft.file.append(source, from: offset, limit: size) == size else {
        throw LayersError.malformedPatch(patch.path, reason: "a file changed while it was read")
      }
    } catch let error as Errno {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  private func piece(_ packed: Int64, against prefix: [UInt8], size: Int64) throws -> [UInt8] {
    let bytes = try payload.bytes(at: position, count: Int(packed))
    position += packed
    let content = prefix.withUnsafeBytes { ZstdDelta.decompress(bytes, against: $0, size: Int(size)) }
    guard let content else { throw LayersError.malformedPatch(patch.path, reason: "a part of it is damaged") }
    return content
  }

  private func addLayer(_ part: PatchTable.Part) throws {
    let (offset, baseSize) = (part.offset ?? 0, part.baseSize ?? 0)
    let isLayer = base.table.layers.contains { $0.offset == offset && $0.size == baseSize }
    guard isLayer,
      let former = try LayerContent(
        of: base.file, at: offset, size: baseSize, scratch: path.removingLastComponent())
    else {
      throw LayersError.malformedPatch(patch.path, reason: "it names a layer that the base doesn't have")
    }
    let layer = try RepackedLayer(to: draft.file, level: part.level ?? 0, segment: part.segment ?? 0)
    do {
      for piece in part.pieces ?? [] {
        try cancellation.check()
        guard piece.offset + piece.baseSize <= former.size else {
          throw LayersError.malformedPatch(patch.path, reason: "it names bytes that the base doesn't have")
        }
        let prefix = try former.bytes(at: piece.offset, count: piece.baseSize)
        let content = try self.piece(piece.packed, against: prefix, size: piece.size)
        try content.withUnsafeBytes { try layer.write($0) }
        guard layer.size <= part.size else { throw try wrongTarget() }
      }
      _ = try layer.finish()
    } catch let error as Errno {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }

  private func wrongTarget() throws -> LayersError {
    .wrongTarget(
      patch: patch.path, expected: patch.table.target.digest, actual: try draft.file.digest(cancellation),
      madeWith: patch.table.compressor, here: ZstdDelta.version)
  }
}
