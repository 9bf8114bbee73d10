import Artifacts
import Model
import SystemPackage
import Testing

@Suite("SHA256")
struct SHA256Tests {
  @Test(
    "digests are those of FIPS 180-2",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func matchesStandard(text: String, hex: String) {
    #expect(Digest.sha256(of: text).hex == hex)
  }

  @Test("pieces of any size give the digest of the whole")
  func streams() {
    let bytes = sampleBytes(10_000)
    for size in [1, 63, 64, 65, 4096, 10_000] {
      let hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(hash.finish() == .sha256(of: bytes))
    }
  }

  @Test("a file's digest is that of its bytes, and a missing file is named")
  func hashesFiles() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let path = directory.appending("file")
      let bytes = sampleBytes(2_500_000)
      try writeAtomically(bytes, to: path)
      #expect(try Digest.sha256(ofFile: path) == .sha256(of: bytes))
      try writeAtomically(Array("abc".utf8), to: path)
      #expect(try sha1Hex(ofFile: path) == "a9993e364706816aba3e25717850c26c9cd0d89d")
      let error = #expect(throws: FileError.self) { try Digest.sha256(ofFile: directory.appending("none")) }
      #expect(error?.description.contains("/none'") == true)
    }
  }
}
