import Artifacts
package import Model
import SystemPackage

/// Takes the files of one layer, in the order in which they are to stand in it, and packs them as they come.
///
/// Paths are relative to the environment's prefix. A path that leaves it, occurs twice, lies below a file or a
/// link, or differs from another only in letter case is refused. The result depends on the content alone.
package final class LayerWriter {
  private let frames: FrameWriter
  private let modificationTime: Int64
  private var claims: PathClaims
  private var entries: [LayerEntry] = []

  init(_ frames: FrameWriter, modificationTime: Int64, isCaseSensitive: Bool) {
    self.frames = frames
    self.modificationTime = modificationTime
    claims = PathClaims(isCaseSensitive: isCaseSensitive)
  }

  @discardableResult
  package func addFile(_ path: String, bytes: [UInt8], executable: Bool = false) throws -> Digest {
    try addFile(path, size: Int64(bytes.count), executable: executable) { write in
      try bytes.withUnsafeBytes { try write($0) }
    }
  }

  /// Adds a file whose content comes in pieces.
  ///
  /// `fill` writes exactly `size` bytes.
  ///
  /// - Returns: the SHA-256 of the content.
  /// - Throws: `LayersError.wrongSize` when it wrote another number; the layer is unusable then.
  @discardableResult
  package func addFile(
    _ path: String, size: Int64, executable: Bool,
    _ fill: (_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Digest {
    try add(path, kind: .file, claim: .file, size: size, mode: executable ? 0o755 : 0o644)
    let hasher = SHA256()
    var written: Int64 = 0
    try fill { bytes in
      written += Int64(bytes.count)
      guard written <= size else { throw LayersError.wrongSize(path, expected: size, actual: written) }
      hasher.update(bytes)
      try frames.write(bytes)
    }
    guard written == size else { throw LayersError.wrongSize(path, expected: size, actual: written) }
    try frames.write(zeros: TarHeader.padding(after: size))
    let digest = hasher.finish()
    entries.append(LayerEntry(path: path, kind: .file(size: size, digest: digest, isExecutable: executable)))
    return digest
  }

  /// Adds a symbolic link; its target is relative and stays inside the prefix.
  package func addSymlink(_ path: String, target: String) throws {
    try LayerPath.check(target: target, of: path)
    try add(path, kind: .symlink, claim: .symlink, mode: 0o777, target: target)
    entries.append(LayerEntry(path: path, kind: .symlink(target: target)))
  }

  /// Adds a directory; only empty ones need it, and one that is there already is not added again.
  package func addDirectory(_ path: String) throws {
    if claims.holds(path) {
      try claims.claim(path, as: .directory)
      return
    }
    try add(path, kind: .directory, claim: .directory, mode: 0o755)
    entries.append(LayerEntry(path: path, kind: .directory))
  }

  private func add(
    _ path: String, kind: TarHeader.Kind, claim: PathClaims.Kind, size: Int64 = 0, mode: UInt16,
    target: String = ""
  ) throws {
    try LayerPath.check(path)
    try claims.claim(path, as: claim)
    let header = TarHeader(
      path: kind == .directory ? path + "/" : path, kind: kind, contentSize: size, mode: mode, target: target,
      modificationTime: modificationTime)
    try header.bytes.withUnsafeBytes { try frames.write($0) }
  }

  /// Ends the layer with the table of its files.
  func finish() throws -> Layer {
    try frames.flush()
    try FileTable(entries: entries).frame(behind: frames.size).withUnsafeBytes { try frames.writeRaw($0) }
    return Layer(digest: frames.finish(), size: frames.size, entries: entries)
  }
}
