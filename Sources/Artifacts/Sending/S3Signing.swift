package import Model

/// What AWS Signature Version 4 signs a request with; libcurl makes the signature.
package struct S3Signing: Sendable {
  package let region: String
  let credential: Credential
  /// Of a temporary credential.
  let sessionToken: BearerToken?
  /// Of the request's body; nil for one that is not signed (`UNSIGNED-PAYLOAD`).
  package var payload: Digest?

  package init(
    region: String, accessKey: String, secretKey: String, sessionToken: String? = nil, payload: Digest? = nil
  ) {
    self.region = region
    credential = Credential(user: accessKey, password: secretKey)
    self.sessionToken = sessionToken.map { BearerToken($0) }
    self.payload = payload
  }

  /// The lines that belong to the signature.
  var headers: [String] {
    ["x-amz-content-sha256: \(payload?.hex ?? "UNSIGNED-PAYLOAD")"]
      + (sessionToken.map { ["x-amz-security-token: \($0.text)"] } ?? [])
  }
}
