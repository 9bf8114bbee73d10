package import Artifacts
package import Model
package import SystemPackage

/// A layer's bytes in a file of the cache, checked against the layer's digest.
///
/// Only this target and a `StoredArtifact` make one, so that what is unpacked was verified before.
package struct LayerFile: Sendable, Hashable {
  package let digest: Digest
  package let path: FilePath
  /// In bytes.
  package let size: Int64

  init(verified digest: Digest, path: FilePath, size: Int64) {
    self.digest = digest
    self.path = path
    self.size = size
  }

  /// A layer that was fetched.
  package init(_ artifact: StoredArtifact) {
    self.init(verified: artifact.digest, path: artifact.path, size: artifact.size)
  }

  /// The layer's list of files; it blocks.
  ///
  /// - Throws: `LayersError.malformedLayer` when the file has none, as it is no layer then.
  package func table() throws -> LayerTable {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      let frame = try file.closeAfter { try FileTable.frame(from: file, at: 0, size: size) }
      guard let frame, let table = LayerTable(frame: frame) else {
        throw LayersError.malformedLayer(digest, reason: "it does not end with a table of its files")
      }
      return table
    } catch let error as Errno {
      throw FileError(verb: "read", path: path, cause: error)
    }
  }
}

extension LayerStore {
  /// The file of a layer that is in the store, hashed on its first use in this process.
  ///
  /// - Returns: nil when it is not there, or damaged and therefore removed.
  package func file(of digest: Digest, size: Int64) async throws -> LayerFile? {
    try await blocking { cancellation in
      let layer = Layer(digest: digest, size: size, unpackedSize: 0, fileCount: 0)
      guard isPresent(layer) else { return nil }
      try lock.share()
      do {
        try verify(layer, cancellation)
      } catch LayersError.corruptLayer {
        return nil
      }
      return LayerFile(verified: digest, path: path(of: digest), size: size)
    }
  }
}
