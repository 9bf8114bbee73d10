import Artifacts
package import Model

/// What a layer is made of, written down: two layers with equal keys have equal content.
///
/// Whatever has an influence on the content is a field, the compression level included, since it decides the
/// layer's digest. `version` rises when the code that makes this kind of layer starts to make another content.
package struct LayerKey: Sendable, Hashable, Codable {
  package let kind: String
  package let version: Int
  package let fields: [String: String]

  /// - Precondition: no field's name occurs twice.
  package init(kind: String, version: Int, fields: [(String, String)]) {
    self.kind = kind
    self.version = version
    self.fields = Dictionary(fields) { first, _ in
      preconditionFailure("a layer key has a field twice, first with the value '\(first)'")
    }
  }

  /// The canonical encoding: JSON without white space, its keys sorted.
  package var canonicalJSON: String {
    var json = JSONText()
    json.raw("{\"fields\":")
    json.object(fields)
    json.raw(",\"kind\":")
    json.string(kind)
    json.raw(",\"version\":\(version)}")
    return json.text
  }

  /// The SHA-256 of the canonical encoding.
  package var digest: Digest { Digest.sha256(of: canonicalJSON) }
}
