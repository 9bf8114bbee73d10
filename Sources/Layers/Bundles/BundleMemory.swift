import Artifacts
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Remembers the digest of a bundle by what it was made of: the layers' digests and its end.
///
/// When the digest of a bundle just written is the remembered one, every layer in it is intact and its paths are
/// known not to collide, so that one pass over the bytes proves all.
struct BundleMemory {
  private let path: FilePath
  private let directory: FilePath

  init(store: LayerStore, layers: [BundleLayer], end: [UInt8], isCaseSensitive: Bool) {
    let hasher = SHA256()
    hasher.update(Array("ppp bundle 1 \(isCaseSensitive)\n".utf8))
    for item in layers { hasher.update(Array("\(item.layer.digest)\n".utf8)) }
    hasher.update(end)
    directory = Self.directory(of: store)
    path = directory.appending(hasher.finish().hex)
  }

  static func directory(of store: LayerStore) -> FilePath { store.root.appending("bundles") }

  /// The bundle's digest, if one was made of the same before.
  func recall() -> Digest? {
    // What can't be read is not remembered; the long way finds the digest again.
    guard let bytes = try? readFile(path), let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    utimes(path.string, nil)
    return try? Digest(parsing: text)
  }

  /// Remembering is only for speed, so that a cache that can't be written fails nothing.
  func remember(_ digest: Digest) {
    try? makeDirectory(directory)
    try? writeAtomically(digest.description.utf8, to: path)
  }
}
