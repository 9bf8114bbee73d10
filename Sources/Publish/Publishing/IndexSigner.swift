package import Trust

/// Signs the index of a catalogue, and looks at who signed the one that it takes the place of.
///
/// Whoever signs an index vouches for all entries, also for those that others have published.
package struct IndexSigner: Sendable {
  private let key: SecretKey
  private let ring: KeyRing
  private let now: Int64

  /// `now` counts seconds since 1970.
  package init(key: SecretKey, ring: KeyRing, now: Int64) {
    self.key = key
    self.ring = ring
    self.now = now
  }

  /// The signature of something else of the catalogue, an image's manifest, a minisign file.
  package func signature(of bytes: [UInt8], named name: String) -> [UInt8] {
    Array(key.sign(bytes, named: name, at: now).file.utf8)
  }

  /// The signature of an index's bytes, a minisign file.
  func signature(of bytes: [UInt8]) -> [UInt8] {
    Array(key.sign(bytes, named: PublishedIndex.fileName, at: now).file.utf8)
  }

  /// Checks that this key or a trusted one has signed an index, if anybody has.
  ///
  /// - Throws: `TrustError`.
  func check(_ reading: IndexReading) throws {
    guard let bytes = reading.signature else { return }
    let signature = try Signature(parsing: bytes, name: PublishedIndex.signatureFileName)
    if signature.signer == key.publicKey.id {
      return try key.publicKey.verify(reading.bytes, signature, of: PublishedIndex.fileName)
    }
    _ = try ring.verify(reading.bytes, signature: bytes, of: PublishedIndex.fileName)
  }

  /// Whether an index of these bytes is signed by this key.
  func hasSigned(_ reading: IndexReading) -> Bool {
    guard let bytes = reading.signature,
      let signature = try? Signature(parsing: bytes, name: PublishedIndex.signatureFileName)
    else { return false }
    return signature.signer == key.publicKey.id
      && (try? key.publicKey.verify(reading.bytes, signature, of: PublishedIndex.fileName)) != nil
  }
}
