package import Artifacts
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension LayerStore {
  /// Where a file of this digest can be fetched to before it is taken in; the directory is made.
  ///
  /// It goes with the next prune if it never is.
  package func landing(of digest: Digest) throws -> FilePath {
    try prepare()
    return scratch.appending(digest.hex)
  }

  /// The directory of files that are needed for a while only.
  package var scratch: FilePath { drafts }

  /// Takes a layer that was fetched into the store, once its bytes have the layer's digest; they are hashed again only
  /// where the file was changed since.
  ///
  /// - Throws: `LayersError.malformedLayer` when they have not; the file is removed then.
  package func take(_ saved: SavedFile, as digest: Digest, size: Int64) async throws -> LayerFile {
    try await blocking { cancellation in
      let path = saved.path
      let file: FileDescriptor
      do {
        file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      } catch Errno.noSuchFileOrDirectory {
        // Another process fetched it to the same place, and has taken it in.
        return try verified(digest, size: size, cancellation)
      } catch {
        throw FileError(verb: "read", path: path, cause: error)
      }
      return try file.closeAfter {
        let identity = try FileIdentity(of: file)
        let found = saved.isUnchanged(identity) ? saved.digest : try file.digest(cancellation)
        guard found == digest, identity.size == size else {
          unlink(path.string)
          throw LayersError.malformedLayer(digest, reason: "its bytes are those of \(found)")
        }
        let place = self.path(of: digest)
        try makeDirectory(place.removingLastComponent())
        guard fchmod(file.rawValue, 0o444) == 0, rename(path.string, place.string) == 0 else {
          throw FileError(verb: "write", path: place, cause: Errno(rawValue: errno))
        }
        let layer = Layer(digest: digest, size: size, unpackedSize: 0, fileCount: 0)
        setVerified(layer, try FileIdentity(of: file))
        return LayerFile(verified: digest, path: place, size: size)
      }
    }
  }

  private func verified(_ digest: Digest, size: Int64, _ cancellation: Cancellation) throws -> LayerFile {
    try verify(Layer(digest: digest, size: size, unpackedSize: 0, fileCount: 0), cancellation)
    return LayerFile(verified: digest, path: path(of: digest), size: size)
  }
}
