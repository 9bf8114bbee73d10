import FoundationEssentials
import Model
import Testing

@testable import Trust

@Suite("Provenance")
struct ProvenanceTests {
  struct Statement: Decodable {
    struct Resource: Decodable {
      let name: String
      let uri: String?
      let digest: [String: String]
    }
    struct Predicate: Decodable {
      struct Definition: Decodable {
        let buildType: String
        let externalParameters: [String: String]
        let internalParameters: [String: String]
        let resolvedDependencies: [Resource]
      }
      struct Details: Decodable {
        struct Builder: Decodable {
          let id: String
          let version: [String: String]?
        }
        let builder: Builder
        let metadata: [String: String]?
        let byproducts: [Resource]
      }
      let buildDefinition: Definition
      let runDetails: Details
    }
    let _type: String
    let subject: [Resource]
    let predicateType: String
    let predicate: Predicate
  }

  @Test("it names the bundle, the recipe, the lock and every material with its digest")
  func complete() async throws {
    let sample = try BundleSample()
    let bytes = try await provenance(of: sample.bundle, builder: "https://ci.example.org/1") {
      sample.files(of: $0)
    }
    let statement = try JSONDecoder().decode(Statement.self, from: Data(bytes))
    #expect(statement._type == "https://in-toto.io/Statement/v1")
    #expect(statement.predicateType == "https://slsa.dev/provenance/v1")
    #expect(statement.subject.map(\.name) == ["python-3.13.5+etl-linux-x64.tar.zst"])
    #expect(statement.subject.map(\.digest) == [["sha256": BundleSample.digest(1).hex]])
    let definition = statement.predicate.buildDefinition
    #expect(definition.externalParameters["runenv"] == "python-3.13.5+etl")
    #expect(definition.internalParameters["buildKey"] == BundleSample.digest(4).description)
    #expect(
      definition.resolvedDependencies.map(\.name) == [
        "recipe", "lock", "numpy-2.2.6-cp313-cp313-manylinux_2_28_x86_64.whl", "etl-1.1.0-py3-none-any.whl",
        "sgmllib3k-1.0.0.tar.gz", "zlib1g_1.2.13.dfsg-1_amd64.deb", "bin/täglich \"x\"",
      ])
    #expect(definition.resolvedDependencies.allSatisfy { $0.digest["sha256"]?.count == 64 })
    let details = statement.predicate.runDetails
    #expect((details.builder.id, details.builder.version?["ppp"]) == ("https://ci.example.org/1", "1.2.3"))
    #expect(details.metadata == ["finishedOn": "2023-11-14T22:13:20Z"])
    #expect(details.byproducts.count == 4)
  }

  @Test("the same bundle gives the same bytes, and what isn't known is left out")
  func pure() async throws {
    let sample = try BundleSample(createdAt: nil, toolVersion: nil)
    let first = try await provenance(of: sample.bundle) { sample.files(of: $0) }
    #expect(try await provenance(of: sample.bundle) { sample.files(of: $0) } == first)
    let text = String(decoding: first, as: UTF8.self)
    #expect(!text.contains("finishedOn") && !text.contains("\"version\"") && text.hasSuffix("}\n"))
  }

  @Test("an envelope gives the statement back to whoever has the key, and nothing else")
  func envelope() throws {
    let (key, other) = (SecretKey.generate(), SecretKey.generate().publicKey)
    let statement = Array("{\"a\":\"ü\"}".utf8)
    let envelope = key.envelope(around: statement)
    #expect(try key.publicKey.payload(of: envelope, name: "e") == statement)
    #expect(throws: TrustError.self) { try other.payload(of: envelope, name: "e") }
    #expect(throws: TrustError.badFile("e", reason: "it holds '\(statementMediaType)', not 'text/plain'")) {
      try key.publicKey.payload(of: envelope, type: "text/plain", name: "e")
    }
    let text = String(decoding: envelope, as: UTF8.self)
    let changed = text.replacing(MinisignFile.line(statement), with: MinisignFile.line(statement + [32]))
    #expect(throws: TrustError.badSignature("e", signer: key.publicKey.id)) {
      try key.publicKey.payload(of: Array(changed.utf8), name: "e")
    }
    let disguised = text.replacing(key.publicKey.id.description, with: other.id.description)
    #expect(throws: TrustError.badSignature("e", signer: other.id)) {
      try other.payload(of: Array(disguised.utf8), name: "e")
    }
    for junk in ["", "{}", "[1]", "{\"payload\":1}"] {
      #expect(throws: TrustError.badFile("e", reason: "it is no DSSE envelope")) {
        try other.payload(of: Array(junk.utf8), name: "e")
      }
    }
  }
}
