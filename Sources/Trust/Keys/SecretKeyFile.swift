import Artifacts
package import SystemPackage

// minisign's secret key file, two lines: a comment, and the base64 of 158 bytes:
// "Ed", "Sc" or two zeros, "B2", salt (32), scrypt's work and memory (8 and 8, little endian), then encrypted or not:
// key id (8), seed and public key (64), BLAKE2b-256 of "Ed", key id, seed and public key (32).
extension SecretKey {
  /// The key's file, with a password or open to whoever can read it.
  ///
  /// It blocks where there is a password, as opening it does.
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

  fileprivate static let unprotected: [UInt8] = [0, 0]
  fileprivate static let protected = Array("Sc".utf8)
  fileprivate static let checksum = Array("B2".utf8)

  fileprivate static func digest(ofSecret halves: ArraySlice<UInt8>) -> [UInt8] {
    BLAKE2b.digest(of: SignatureAlgorithm.whole.rawValue + halves, length: 32)
  }
}

/// A secret key's file, not opened yet.
package struct SecretKeyFile: Sendable {
  /// How errors name the file.
  package let name: String
  /// Whether it takes a password to open it.
  package let isProtected: Bool
  /// 158 bytes.
  private let bytes: [UInt8]

  /// Reads a secret key's file.
  package init(at path: FilePath) throws { try self.init(MinisignFile(at: path)) }

  package init(parsing text: some Collection<UInt8>, name: String) throws(TrustError) {
    try self.init(MinisignFile(text, name: name))
  }

  private init(_ file: MinisignFile) throws(TrustError) {
    _ = try file.text(ofLine: 0, after: untrustedBeginning)
    bytes = try file.bytes(ofLine: 1, count: 158, what: "a secret key")
    try file.end(after: 2)
    name = file.name
    guard bytes.starts(with: SignatureAlgorithm.whole.rawValue),
      bytes[4..<6].elementsEqual(SecretKey.checksum)
    else { throw .badFile(name, reason: "its algorithm is not Ed25519 with BLAKE2b") }
    switch Array(bytes[2..<4]) {
    case SecretKey.unprotected: isProtected = false
    case SecretKey.protected: isProtected = true
    default: throw .badFile(name, reason: "its protection is not scrypt")
    }
  }

  /// The key.
  ///
  /// It blocks where the key is protected: making a key of a password takes seconds and up to 1 GiB of memory.
  ///
  /// - Throws: `TrustError`.
  package func key(password: String?) throws(TrustError) -> SecretKey {
    let secret = try secret(password)
    // minisign writes an unprotected key without its checksum.
    let isUnchecked = !isProtected && secret[72...].allSatisfy { $0 == 0 }
    guard isUnchecked || Array(secret[72...]) == SecretKey.digest(ofSecret: secret[..<72]) else {
      throw isProtected ? .wrongPassword(name) : .badFile(name, reason: "its checksum is wrong")
    }
    let key = SecretKey(id: KeyID(bytes: secret[..<8]), seed: Array(secret[8..<40]))
    guard key.publicKey.bytes.elementsEqual(secret[40..<72]) else {
      throw .badFile(name, reason: "its two halves are not of one key")
    }
    return key
  }

  /// Key id, seed, public key and checksum, uncovered.
  private func secret(_ password: String?) throws(TrustError) -> [UInt8] {
    guard isProtected else { return Array(bytes[54...]) }
    guard let password else { throw .passwordNeeded(name) }
    let mask = try KeyProtection(bytes[6..<54]).mask(password, name: name)
    return zip(bytes[54...], mask).map { $0 ^ $1 }
  }
}
