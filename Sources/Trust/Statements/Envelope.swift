import Artifacts
import FoundationEssentials

/// What a statement in an envelope is: in-toto's JSON.
package let statementMediaType = "application/vnd.in-toto+json"

extension SecretKey {
  /// A signed envelope around a document, as cosign, in-toto and securesystemslib read it.
  ///
  /// It is [DSSE](https://github.com/secure-systems-lab/dsse/blob/master/envelope.md) 1.0, with the key's id as `keyid`.
  package func envelope(around payload: [UInt8], type: String = statementMediaType) -> [UInt8] {
    let signature = Ed25519.signature(of: Envelope.signedBytes(of: payload, type: type), seed: seed)
    let value: JSONValue = [
      "payload": .text(MinisignFile.line(payload)), "payloadType": .text(type),
      "signatures": [["keyid": .text(publicKey.id.description), "sig": .text(MinisignFile.line(signature))]],
    ]
    return value.document
  }
}

extension PublicKey {
  /// The document in an envelope that was signed with this key, whoever else signed it.
  ///
  /// - Throws: `TrustError.badFile` for what is no envelope, `.untrusted` where this key did not sign, `.badSignature`.
  package func payload(of envelope: [UInt8], type: String = statementMediaType, name: String)
    throws(TrustError)
    -> [UInt8]
  {
    let parsed: Envelope
    do {
      parsed = try JSONDecoder().decode(Envelope.self, from: Data(envelope))
    } catch {
      throw .badFile(name, reason: "it is no DSSE envelope")
    }
    guard parsed.payloadType == type else {
      throw .badFile(name, reason: "it holds '\(parsed.payloadType)', not '\(type)'")
    }
    guard let payload = Data(base64Encoded: parsed.payload).map({ Array($0) }) else {
      throw .badFile(name, reason: "its payload is not base64")
    }
    let own = parsed.signatures.filter { $0.keyid == id.description }
    guard !own.isEmpty else { throw .untrusted(name, signer: KeyID(bytes: []), trusted: [id]) }
    let signed = Envelope.signedBytes(of: payload, type: type)
    let isSigned = own.contains { signature in
      Data(base64Encoded: signature.sig).map { Ed25519.isValid(Array($0), of: signed, publicKey: bytes) }
        ?? false
    }
    guard isSigned else { throw .badSignature(name, signer: id) }
    return payload
  }

  /// The key as OpenSSL, cosign and securesystemslib read it: PEM around a SubjectPublicKeyInfo (RFC 8410).
  package var pem: String {
    let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
    return "-----BEGIN PUBLIC KEY-----\n\(MinisignFile.line(prefix + bytes))\n-----END PUBLIC KEY-----\n"
  }
}

private struct Envelope: Decodable {
  struct Signature: Decodable {
    let keyid: String?
    let sig: String
  }

  let payload: String
  let payloadType: String
  let signatures: [Signature]

  /// What is signed: type and document with their lengths, so that neither can be taken for a part of the other.
  static func signedBytes(of payload: [UInt8], type: String) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }
}
