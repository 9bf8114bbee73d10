import Artifacts

extension SecretKey {
  /// A signed envelope around an in-toto statement, as cosign, in-toto and securesystemslib read it.
  ///
  /// It is [DSSE](https://github.com/secure-systems-lab/dsse/blob/master/envelope.md) 1.0, with the key's id as `keyid`.
  package func envelope(around statement: [UInt8]) -> [UInt8] {
    let type = "application/vnd.in-toto+json"
    let signature = Ed25519.signature(of: signedBytes(of: statement, type: type), seed: seed)
    let value: JSONValue = [
      "payload": .text(MinisignFile.line(statement)), "payloadType": .text(type),
      "signatures": [["keyid": .text(publicKey.id.description), "sig": .text(MinisignFile.line(signature))]],
    ]
    return value.document
  }
}

extension PublicKey {
  /// The key as OpenSSL, cosign and securesystemslib read it: PEM around a SubjectPublicKeyInfo (RFC 8410).
  package var pem: String {
    let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
    return "-----BEGIN PUBLIC KEY-----\n\(MinisignFile.line(prefix + bytes))\n-----END PUBLIC KEY-----\n"
  }
}

/// What is signed: type and document with their lengths, so that neither can be taken for a part of the other.
private func signedBytes(of payload: [UInt8], type: String) -> [UInt8] {
  Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
}
