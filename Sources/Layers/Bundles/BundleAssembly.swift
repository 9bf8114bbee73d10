import Artifacts
import Model
import SystemPackage

/// A bundle as it is put together of files of the store, each of which is checked on the way.
///
/// One pass does all: a file that this process has not made or hashed yet is hashed while it is copied, and so is the
/// whole bundle, unless its digest is known. What needs no hash is copied inside the kernel.
final class BundleAssembly {
  private let store: LayerStore
  private let draft: Draft
  private let expected: Digest?
  private let whole: SHA256?
  private let cancellation: Cancellation
  private var damaged: [BundleLayer] = []
  private(set) var size: Int64 = 0

  /// - Precondition: `expected`, if given, is the digest of a bundle that was once made of the same files.
  init(store: LayerStore, at path: FilePath, expected: Digest?, cancellation: Cancellation) throws {
    self.store = store
    self.expected = expected
    self.cancellation = cancellation
    whole = expected == nil ? SHA256() : nil
    let directory = path.removingLastComponent()
    try makeDirectory(directory)
    draft = try Draft(in: directory, prefix: ".\(path.lastComponent?.string ?? "").", for: path)
  }

  /// Appends a file of the store, or its first `limit` bytes.
  func append(_ item: BundleLayer, limit: Int64 = .max) throws {
    try cancellation.check()
    let limit = min(limit, item.layer.size)
    try store.withLayerFile(item) { file, path in
      let identity = try FileIdentity(of: file)
      guard identity.size == item.layer.size else { throw store.damage([item]) }
      if store.isVerified(item.layer, identity), whole == nil {
        guard try draft.append(file, limit: limit) == limit else { throw store.damage([item]) }
      } else {
        try copyHashing(item, file, identity, limit: limit)
      }
    }
    size += limit
  }

  private func copyHashing(
    _ item: BundleLayer, _ file: FileDescriptor, _ identity: FileIdentity, limit: Int64
  ) throws {
    let layer = store.isVerified(item.layer, identity) ? nil : SHA256()
    var left = limit
    try file.pieces(offset: 0, size: layer == nil ? limit : item.layer.size) { bytes in
      try cancellation.check()
      layer?.update(bytes)
      let kept = UnsafeRawBufferPointer(rebasing: bytes[..<Int(min(left, Int64(bytes.count)))])
      guard !kept.isEmpty else { return }
      whole?.update(kept)
      try draft.write(kept)
      left -= Int64(kept.count)
    }
    guard let layer else { return }
    if layer.finish() == item.layer.digest {
      store.setVerified(item.layer, identity)
    } else {
      damaged.append(item)
    }
  }

  func append(_ bytes: [UInt8]) throws {
    whole?.update(bytes)
    try bytes.withUnsafeBytes { try draft.write($0) }
    size += Int64(bytes.count)
  }

  /// Puts the bundle in its place.
  ///
  /// - Throws: `LayersError.corruptLayer` with every file that was damaged; they are removed from the store.
  func finish(at path: FilePath) throws -> BundleFile {
    guard damaged.isEmpty else { throw store.damage(damaged) }
    guard let digest = expected ?? whole?.finish() else { preconditionFailure("a bundle has a digest") }
    try draft.finish(at: path, permissions: 0o644, durably: true)
    return BundleFile(path: path, digest: digest, size: size)
  }
}
