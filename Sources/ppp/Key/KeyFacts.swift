import Trust

/// A key for machines.
struct KeyFacts: Encodable {
  let name: String
  /// Sixteen hexadecimal digits; nil where the public half was lost.
  let id: String?
  /// What `ppp key trust` and `minisign -P` take.
  let publicKey: String?
  /// The same key as OpenSSL and cosign read it.
  let pem: String?
  /// The secret key's file; nil for a key of somebody else.
  let secretFile: String?
  let publicFile: String?
  let isTrusted: Bool
  /// Whether others on this machine can read the secret key; nil for a key of somebody else.
  let isExposed: Bool?

  init(
    name: String, key: PublicKey?, secretFile: String? = nil, publicFile: String?, isTrusted: Bool,
    isExposed: Bool? = nil
  ) {
    self.name = name
    id = key?.id.description
    publicKey = key?.line
    pem = key?.pem
    self.secretFile = secretFile
    self.publicFile = publicFile
    self.isTrusted = isTrusted
    self.isExposed = isExposed
  }
}
