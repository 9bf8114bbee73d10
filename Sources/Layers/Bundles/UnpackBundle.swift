package import Model
package import SystemPackage

/// Unpacks a bundle, `.tar.zst` or `.zip`, into a directory, as safely as any archive (`ArchiveExtractor`).
///
/// It blocks. The bundle's bytes are checked by the checksum of each of its frames; who got the bundle from
/// somewhere else compares its digest first.
package func unpackBundle(at path: FilePath, into directory: FilePath, cancellation: Cancellation? = nil)
  throws
{
  let reader = try ArchiveReader(verifiedFileAt: path, limits: .standard)
  try ArchiveExtractor().extract(reader, into: directory, cancellation: cancellation)
}

/// Reads a bundle's files like any archive's, without unpacking it; what is said of `unpackBundle` holds here too.
package func openBundle(at path: FilePath) throws -> ArchiveReader {
  try ArchiveReader(verifiedFileAt: path, limits: .standard)
}
