import Artifacts
import Catalogue
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
    let bytes = provenance(of: sample.bundle, builder: "https://ci.example.org/1") {
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
        "sgmllib3k-1.0.0.tar.gz", "zlib1g_1.2.13.dfsg-1_amd64.deb",
        "recipe of sgmllib3k", "bin/täglich \"x\"",
      ])
    #expect(definition.resolvedDependencies.allSatisfy { $0.digest["sha256"]?.count == 64 })
    let details = statement.predicate.runDetails
    #expect((details.builder.id, details.builder.version?["ppp"]) == ("https://ci.example.org/1", "1.2.3"))
    #expect(details.metadata == ["finishedOn": "2023-11-14T22:13:20Z"])
    #expect(details.byproducts.count == 4)
  }

  @Test("a package that was built from a repository has its commit as a digest")
  func commit() async throws {
    let address = "git+https://example.org/tool.git@0123456789abcdef0123456789abcdef01234567"
    let source = ArtifactRecord(
      digest: BundleSample.digest(50), fileName: "tool.tar", url: address, size: 5, role: .package)
    let sample = try BundleSample(sources: [source])
    let text = String(decoding: provenance(of: sample.bundle) { sample.files(of: $0) }, as: UTF8.self)
    #expect(text.contains("\"gitCommit\":\"0123456789abcdef0123456789abcdef01234567\""))
  }

  @Test("the same bundle gives the same bytes, and what isn't known is left out")
  func pure() async throws {
    let sample = try BundleSample(createdAt: nil, toolVersion: nil)
    let first = provenance(of: sample.bundle) { sample.files(of: $0) }
    #expect(provenance(of: sample.bundle) { sample.files(of: $0) } == first)
    let text = String(decoding: first, as: UTF8.self)
    #expect(!text.contains("finishedOn") && !text.contains("\"version\"") && text.hasSuffix("}\n"))
  }

  @Test("an envelope holds the statement to the byte, with a signature over it and its type")
  func envelope() throws {
    struct Envelope: Decodable {
      struct Signature: Decodable {
        let keyid: String
        let sig: Data
      }
      let payload: Data
      let payloadType: String
      let signatures: [Signature]
    }
    let key = SecretKey.generate()
    let statement = Array("{\"a\":\"ü\"}".utf8)
    let envelope = try JSONDecoder().decode(Envelope.self, from: Data(key.envelope(around: statement)))
    #expect(Array(envelope.payload) == statement)
    let signature = try #require(envelope.signatures.first)
    #expect(signature.keyid == key.publicKey.id.description)
    let signed = Array("DSSEv1 28 application/vnd.in-toto+json 10 {\"a\":\"ü\"}".utf8)
    #expect(Ed25519.isValid(Array(signature.sig), of: signed, publicKey: key.publicKey.bytes))
  }
}
