import Artifacts
package import SystemPackage

// minisign's secret key file, two lines: a comment, and the base64 of 158 bytes:
// "Ed", "Sc" or two zeros, "B2", salt (32), scrypt's work and memory (8 and 8, little endian), then encrypted or not:
// key id (8), seed and public key (64), BLAKE2b-256 of "Ed", key id, seed and public key (32).
extension SecretKey {
  /// Reads a secret key's file.
  ///
  /// It blocks where the key is protected: making a key of a password takes seconds and up to 1 GiB of memory.
  /// The password is asked for only then; nil when nobody is there to say it.
  package init(at path: FilePath, password: () throws -> String?) throws {
    try self.init(MinisignFile(at: path), password: password)
  }

  package init(parsing text: some Collection<UInt8>, name: String, password: () throws -> String?) throws {
    try self.init(MinisignFile(text, name: name), password: password)
  }

  private init(_ file: MinisignFile, password: () throws -> String?) throws {
    _ = try file.text(ofLine: 0, after: untrustedBeginning)
    let bytes = try file.bytes(ofLine: 1, count: 158, what: "a secret key")
    try file.end(after: 2)
    guard bytes.starts(with: SignatureAlgorithm.whole.rawValue), bytes[4..<6].elementsEqual(Self.checksum)
    else { throw TrustError.badFile(file.name, reason: "its algorithm is not Ed25519 with BLAKE2b") }
    let secret: [UInt8]
    switch Array(bytes[2..<4]) {
    case Self.unprotected: secret = Array(bytes[54...])
    case Self.protected:
      guard let password = try password() else { throw TrustError.passwordNeeded(file.name) }
      let mask = try KeyProtection(bytes[6..<54]).mask(password, name: file.name)
      secret = zip(bytes[54...], mask).map { $0 ^ $1 }
    default: throw TrustError.badFile(file.name, reason: "its protection is not scrypt")
    }
    let isProtected = bytes[2] != 0
    // minisign writes an unprotected key without its checksum.
    let isUnchecked = !isProtected && secret[72...].allSatisfy { $0 == 0 }
    guard isUnchecked || Array(secret[72...]) == Self.digest(ofSecret: secret[..<72]) else {
      throw isProtected
        ? TrustError.wrongPassword(file.name)
        : TrustError.badFile(file.name, reason: "its checksum is wrong")
    }
    self.init(id: KeyID(bytes: secret[..<8]), seed: Array(secret[8..<40]))
    guard publicKey.bytes.elementsEqual(secret[40..<72]) else {
      throw TrustError.badFile(file.name, reason: "its two halves are not of one key")
    }
  }

  /// The key's file, with a password or open to whoever can read it.
  ///
  /// It blocks as reading does.
  package func file(password: String?) throws(TrustError) -> String {
    let protection = KeyProtection(salt: randomBytes(32))
    return try file(password: password, protection: protection)
  }

  func file(password: String?, protection: KeyProtection) throws(TrustError) -> String {
    let halves = publicKey.id.bytes + seed + publicKey.bytes
    let secret = halves + Self.digest(ofSecret: halves[...])
    let beginning = SignatureAlgorithm.whole.rawValue
    let (comment, bytes): (String, [UInt8])
    if let password {
      let mask = try protection.mask(password, name: publicKey.id.description)
      comment = "minisign encrypted secret key"
      bytes =
        beginning + Self.protected + Self.checksum + protection.bytes + zip(secret, mask).map { $0 ^ $1 }
    } else {
      comment = "minisign unencrypted secret key"
      bytes = beginning + Self.unprotected + Self.checksum + [UInt8](repeating: 0, count: 48) + secret
    }
    return "\(untrustedBeginning)\(comment)\n\(MinisignFile.line(bytes))\n"
  }

  private static let unprotected: [UInt8] = [0, 0]
  private static let protected = Array("Sc".utf8)
  private static let checksum = Array("B2".utf8)

  private static func digest(ofSecret halves: ArraySlice<UInt8>) -> [UInt8] {
    BLAKE2b.digest(of: SignatureAlgorithm.whole.rawValue + halves, length: 32)
  }
}
