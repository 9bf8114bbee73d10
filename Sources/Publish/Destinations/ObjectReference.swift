package import Model
package import SystemPackage

/// An immutable file at a destination, named by the digest of its bytes.
package struct ObjectReference: Hashable, Sendable, Codable {
  package let digest: Digest
  /// In bytes.
  package let size: Int64

  package init(digest: Digest, size: Int64) {
    self.digest = digest
    self.size = size
  }

  /// Its name at a destination: `objects/sha256/ab/<64 digits>`.
  package var name: String { Self.name(of: digest) }

  package static func name(of digest: Digest) -> String {
    "objects/sha256/\(digest.hex.prefix(2))/\(digest.hex)"
  }
}

/// Where the bytes of an object are before they are published.
package enum ObjectBytes: Sendable {
  case bytes([UInt8])
  /// A part of a file, from `offset` in bytes; its length is the object's size.
  case file(FilePath, offset: Int64)
}

/// A small file as it was read, and what tells this version of it from others.
package struct NamedBytes: Sendable, Hashable {
  package let bytes: [UInt8]
  /// For `ObjectStore.replace`; nil where the server has none.
  package let tag: String?

  package init(bytes: [UInt8], tag: String?) {
    self.bytes = bytes
    self.tag = tag
  }
}
