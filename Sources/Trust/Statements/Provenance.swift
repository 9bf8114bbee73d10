package import Catalogue
import Model

/// Says how a bundle came to be: an in-toto Statement 1 with a SLSA 1 provenance.
///
/// The subject is the bundle's file. Its materials are recipe, lock, every artifact and every copied file, each with its
/// digest; its by-products are the layers. It depends on nothing but the record: the same bundle, the same bytes.
/// See <https://slsa.dev/spec/v1.0/provenance>.
///
/// `builder` is the URI of who is believed to have built it, a CI's workflow as a rule; `files` says what a layer holds.
package func provenance(
  of bundle: BundleRecord, builder: String = standardBuilder,
  files: (LayerRecord) throws -> [FileRecord]
) rethrows -> [UInt8] {
  var copied: [FileRecord] = []
  for layer in bundle.layers where layer.kind == copiedLayerKind { copied += try files(layer) }
  let statement: JSONValue = [
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [resource(name: bundle.fileName, bundle.digest)],
    "predicateType": "https://slsa.dev/provenance/v1",
    "predicate": [
      "buildDefinition": .object([
        "buildType": "urn:ppp:build:1",
        "externalParameters": externalParameters(of: bundle),
        "internalParameters": ["buildKey": .text(bundle.buildKey.description)],
        "resolvedDependencies": .array(materials(of: bundle, copied: copied)),
      ]),
      "runDetails": .object(of: [
        "builder": .object(of: [
          "id": .text(builder), "version": bundle.toolVersion.map { ["ppp": .text($0)] },
        ]),
        "metadata": bundle.createdAt.map { ["finishedOn": .text(UTCTime($0).description)] },
        "byproducts": .array(bundle.layers.map { resource(name: $0.name, $0.digest) }),
      ]),
    ],
  ]
  return statement.document
}

/// What a bundle is said to be built by where nobody says more.
package let standardBuilder = "urn:ppp:builder"

/// The kind of the layer that holds what `copyFiles` copies.
let copiedLayerKind = "files"

extension BundleRecord {
  /// The last part of the bundle's path.
  var fileName: String { file.split(separator: "/").last.map(String.init) ?? file }
}

private func externalParameters(of bundle: BundleRecord) -> JSONValue {
  .object(of: [
    "runenv": .text(bundle.runenv), "platform": .text(bundle.platform.description),
    "python": .text(bundle.python.description), "floor": bundle.floor.map { .text($0.description) },
    "archive": .text(bundle.kind.rawValue), "layout": .text(bundle.layout.rawValue),
  ])
}

private func materials(of bundle: BundleRecord, copied: [FileRecord]) -> [JSONValue] {
  [resource(name: "recipe", bundle.recipeDigest), resource(name: "lock", bundle.lockDigest)]
    + bundle.artifacts.map { resource(name: $0.fileName, uri: $0.url, $0.digest) }
    + bundle.packages.compactMap { package in
      package.recipe.map { resource(name: "recipe of \(package.name)", uri: $0.uri, $0.digest) }
    }
    + copied.compactMap { file in file.digest.map { resource(name: file.path, $0) } }
}

extension BuildRecipeRecord {
  /// Where it is, if that is no directory of the workspace's.
  fileprivate var uri: String? { reference.contains("://") ? reference : nil }
}

/// A ResourceDescriptor of in-toto's attestation framework.
private func resource(name: String, uri: String? = nil, _ digest: Digest) -> JSONValue {
  var digests: [String: JSONValue] = ["sha256": .text(digest.hex)]
  // The digest of a commit's archive is ours; the commit is what everybody knows.
  if let uri, uri.hasPrefix("git+"), let commit = uri.split(separator: "@").last {
    digests["gitCommit"] = .text(String(commit))
  }
  return .object(of: ["name": .text(name), "uri": uri.map { .text($0) }, "digest": .object(digests)])
}
