import Artifacts

/// What of a file is signed.
enum SignatureAlgorithm: CaseIterable {
  /// The bytes themselves: `Ed`, what minisign calls legacy.
  case whole
  /// Their BLAKE2b digest: `ED`.
  case prehashed

  var rawValue: [UInt8] {
    switch self {
    case .whole: Array("Ed".utf8)
    case .prehashed: Array("ED".utf8)
    }
  }

  func message(of bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .whole: bytes
    case .prehashed: BLAKE2b.digest(of: bytes)
    }
  }
}

/// A signature over some bytes, and over a comment that says more of them.
///
/// Its file is minisign's, four lines: a comment that means nothing, the signature with its algorithm and key id, the
/// trusted comment, and the signature over signature and trusted comment.
package struct Signature: Hashable, Sendable {
  let algorithm: SignatureAlgorithm
  /// The key that made it, as it says.
  package let signer: KeyID
  /// 64 bytes.
  let bytes: [UInt8]
  /// True only once the signature has been checked: `timestamp:1700000000\tfile:index.json\thashed`.
  package let trustedComment: String
  let commentSignature: [UInt8]

  init(
    algorithm: SignatureAlgorithm, signer: KeyID, bytes: [UInt8], trustedComment: String,
    commentSignature: [UInt8]
  ) {
    self.algorithm = algorithm
    self.signer = signer
    self.bytes = bytes
    self.trustedComment = trustedComment
    self.commentSignature = commentSignature
  }

  /// Reads a signature's file; `name` is how errors name it.
  package init(parsing text: some Collection<UInt8>, name: String) throws(TrustError) {
    let file = try MinisignFile(text, name: name)
    _ = try file.text(ofLine: 0, after: untrustedBeginning)
    let signature = try file.bytes(ofLine: 1, count: 74, what: "a signature")
    let comment = try file.text(ofLine: 2, after: Self.trustedBeginning)
    let global = try file.bytes(ofLine: 3, count: 64, what: "the comment's signature")
    try file.end(after: 4)
    guard let algorithm = SignatureAlgorithm.allCases.first(where: { signature.starts(with: $0.rawValue) })
    else { throw .badFile(name, reason: "its algorithm is not Ed25519") }
    self.init(
      algorithm: algorithm, signer: KeyID(bytes: signature[2..<10]), bytes: Array(signature[10...]),
      trustedComment: comment, commentSignature: global)
  }

  /// The signature's file.
  package var file: String {
    """
    \(untrustedBeginning)signature from ppp secret key \(signer)
    \(MinisignFile.line(algorithm.rawValue + signer.bytes + bytes))
    \(Self.trustedBeginning)\(trustedComment)
    \(MinisignFile.line(commentSignature))

    """
  }

  /// When it was made, as its maker says; seconds since 1970.
  ///
  /// Nil where the comment doesn't say.
  package var time: Int64? {
    let fields = trustedComment.split(separator: "\t")
    return fields.lazy.compactMap { $0.hasPrefix("timestamp:") ? Int64($0.dropFirst(10)) : nil }.first
  }

  private static let trustedBeginning = "trusted comment: "
}
