import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Trust

@Suite("Trust and the tools of others", .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)))
struct TrustPeerTests {
  private let text = Array("{\"entries\":[]}\n".utf8)

  private func withDirectory(_ body: (FilePath) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-trust-", body)
  }

  private func write(_ text: String, _ path: FilePath) throws {
    try writeAtomically(Array(text.utf8), to: path)
  }

  @Test("minisign accepts our signature with our key, and not a changed file")
  func minisignAcceptsOurs() async throws {
    try await withDirectory { directory in
      let key = SecretKey.generate()
      try writeAtomically(text, to: directory.appending("index.json"))
      try write(key.publicKey.file, directory.appending("ppp.pub"))
      try write(
        key.sign(text, named: "index.json", at: 1_700_000_000).file, directory.appending("index.json.minisig")
      )
      let arguments = ["-V", "-H", "-m", "index.json"]
      let result = try await Peers.run("minisign", arguments + ["-p", "ppp.pub"], in: directory)
      #expect(result.text.contains("timestamp:1700000000\tfile:index.json\thashed"), "\(result)")
      try await Peers.run("minisign", arguments + ["-P", key.publicKey.line], in: directory)
      try writeAtomically(text + [32], to: directory.appending("index.json"))
      await #expect(throws: (any Error).self) {
        try await Peers.run("minisign", arguments + ["-p", "ppp.pub"], in: directory)
      }
    }
  }

  @Test("minisign signs with our keys, with and without a password", arguments: [nil, "correct horse"])
  func minisignTakesOurKey(password: String?) async throws {
    try await withDirectory { directory in
      let ring = KeyRing(directory.appending("keys"))
      let made = try await ring.make("a", password: password)
      try writeAtomically(text, to: directory.appending("m"))
      try await Peers.run(
        "minisign", ["-S", "-s", made.secretFile.string, "-m", "m"], in: directory,
        input: Array("\(password ?? "")\n".utf8))
      let signature = try Signature(parsing: readFile(directory.appending("m.minisig")), name: "m.minisig")
      try made.key.publicKey.verify(text, signature, of: "m")
    }
  }

  @Test("we take minisign's keys and signatures, prehashed and legacy, with and without a password")
  func weTakeMinisigns() async throws {
    try await withDirectory { directory in
      try writeAtomically(text, to: directory.appending("m"))
      let answers = Array("pass word\npass word\n".utf8)
      for (name, options) in [("open", ["-W"]), ("closed", [])] {
        try await Peers.run(
          "minisign", ["-G", "-p", "\(name).pub", "-s", "\(name).key"] + options, in: directory,
          input: answers)
        let key = try PublicKey(at: directory.appending("\(name).pub"))
        for legacy in [[], ["-l"]] {
          try await Peers.run(
            "minisign", ["-S", "-s", "\(name).key", "-m", "m"] + legacy, in: directory, input: answers)
          let file = try readFile(directory.appending("m.minisig"))
          try key.verify(text, Signature(parsing: file, name: "m.minisig"), of: "m")
        }
        let ring = KeyRing(directory.appending("none"))
        let secret = try await ring.secretKey("./\(name).key", from: directory) { "pass word" }
        #expect(secret.publicKey == key)
      }
    }
  }

  @Test("a bill of materials is one by CycloneDX's schema, strictly, and its package URLs are read")
  func cycloneDX() async throws {
    try await withDirectory { directory in
      for (name, sample) in [
        ("a", try BundleSample()), ("b", try BundleSample(createdAt: nil, toolVersion: nil, bundled: false)),
      ] {
        let bytes = softwareBillOfMaterials(of: sample.bundle) { sample.files(of: $0) }
        try writeAtomically(bytes, to: directory.appending("\(name).json"))
      }
      let script = """
        import json, sys
        from cyclonedx.model.bom import Bom
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator
        for path in sys.argv[1:]:
            text = open(path, encoding="utf-8").read()
            errors = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
            assert errors is None, errors
            bom = Bom.from_json(json.loads(text))
            bom.validate()
            print(sorted(str(c.purl) for c in bom.components if c.purl))
        """
      let result = try await Peers.run("python3", ["-c", script, "a.json", "b.json"], in: directory)
      #expect(result.text.contains("'pkg:pypi/numpy@2.2.6'"), "\(result)")
    }
  }

  @Test(
    "provenance is a statement to in-toto, and its envelope is checked by securesystemslib and OpenSSL's key form"
  )
  func inToto() async throws {
    try await withDirectory { directory in
      let (key, sample) = (SecretKey.generate(), try BundleSample())
      let statement = provenance(of: sample.bundle) { sample.files(of: $0) }
      try writeAtomically(statement, to: directory.appending("statement.json"))
      try writeAtomically(key.envelope(around: statement), to: directory.appending("envelope.json"))
      try write(key.publicKey.pem, directory.appending("key.pem"))
      let script = """
        import json
        from google.protobuf import json_format
        from in_toto_attestation.v1.statement import Statement
        import in_toto_attestation.v1.statement_pb2 as statement_pb
        import in_toto_attestation.predicates.provenance.v1.provenance_pb2 as provenance_pb
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
        from securesystemslib.dsse import Envelope
        from securesystemslib.signer import SSlibKey

        document = json.load(open("statement.json"))
        parsed = json_format.ParseDict(document, statement_pb.Statement())
        Statement.copy_from_pb(parsed).validate()
        predicate = json_format.ParseDict(document["predicate"], provenance_pb.Provenance())
        envelope = Envelope.from_dict(json.load(open("envelope.json")))
        keyid = next(iter(envelope.signatures))
        key = SSlibKey.from_crypto(load_pem_public_key(open("key.pem", "rb").read()), keyid=keyid)
        envelope.verify([key], 1)
        assert envelope.payload == open("statement.json", "rb").read()
        print(len(predicate.build_definition.resolved_dependencies), keyid)
        """
      let result = try await Peers.run("python3", ["-c", script], in: directory)
      #expect(result.text == "8 \(key.publicKey.id)\n", "\(result)")
    }
  }
}
