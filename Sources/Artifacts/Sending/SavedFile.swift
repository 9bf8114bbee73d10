package import Model
package import SystemPackage

/// A file whose bytes were hashed as they were written.
package struct SavedFile: Sendable {
  package let path: FilePath
  /// Of all its bytes.
  package let digest: Digest
  private let identity: FileIdentity?

  /// Only who has just written the file, and hashed what was written, may say so.
  package init(_ path: FilePath, hashedAs digest: Digest) {
    self.path = path
    self.digest = digest
    identity = FileIdentity(at: path)
  }

  /// Whether an open file is this one, and nothing was written to it since.
  package func isUnchanged(_ file: FileIdentity) -> Bool { file == identity }
}
