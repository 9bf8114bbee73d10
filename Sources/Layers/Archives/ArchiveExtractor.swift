package import Artifacts
import CArchive
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Unpacks archives into a directory without ever writing outside it.
///
/// Absolute names, `..`, links that point outside and names that pass through a link are refused with the entry
/// named, as are names that occur twice. Executable bits and symbolic links are kept, times and owners are not.
package struct ArchiveExtractor: Sendable {
  private let limits: ArchiveLimits

  package init(limits: ArchiveLimits = .standard) {
    self.limits = limits
  }

  /// Unpacks every entry below `directory`, which is made if it is not there.
  ///
  /// As many leading parts of each name as `strippingComponents` says are dropped; entries with no more parts
  /// than that are left out.
  ///
  /// - Throws: `LayersError`, `FileError`, or `CancellationError`; what was unpacked until then stays.
  package func extract(
    _ artifact: StoredArtifact, into directory: FilePath, strippingComponents: Int = 0,
    cancellation: Cancellation? = nil
  ) throws {
    try extract(
      ArchiveReader(artifact, limits: limits), into: directory, strippingComponents: strippingComponents,
      cancellation: cancellation)
  }

  func extract(
    _ reader: ArchiveReader, into directory: FilePath, strippingComponents: Int = 0,
    cancellation: Cancellation? = nil
  ) throws {
    try makeDirectory(directory)
    let disk = try ArchiveDisk(directory)
    var claims = PathClaims(isCaseSensitive: true)
    while let entry = try reader.next() {
      try cancellation?.check()
      guard let path = try entry.relativePath(strippingComponents: strippingComponents) else { continue }
      switch entry.kind {
      case .file:
        try claims.claim(path, as: .file)
        try disk.writeFile(path, isExecutable: entry.isExecutable, content: reader.read)
      case .directory:
        try claims.claim(path, as: .directory)
        try disk.makeDirectory(path)
      case .symlink(let target):
        try LayerPath.check(target: target, of: path)
        try claims.claim(path, as: .symlink)
        try disk.makeSymlink(path, target: target)
      case .hardlink(let target):
        let original = ArchiveEntry(path: target, kind: .file, mode: 0, size: nil)
        guard let source = try original.relativePath(strippingComponents: strippingComponents),
          claims.holds(source)
        else {
          throw LayersError.unsafeLink(path, target: target, reason: "the target is not in the archive")
        }
        try claims.claim(path, as: .file)
        try disk.makeHardlink(path, to: source)
      }
    }
    try disk.close()
  }
}
