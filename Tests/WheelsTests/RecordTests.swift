import Model
import Testing

@testable import Wheels

struct RecordTests {
  private static let empty = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"

  @Test("quoted paths, CRLF and a missing last line end are read")
  func reading() throws {
    let text = "\"a, \"\"b\"\".py\",sha256=\(Self.empty),0\r\né.py,sha256=\(Self.empty)=,0\n\na/RECORD,,"
    let entries = try parse(text).entries
    #expect(entries.map(\.path) == ["a, \"b\".py", "é.py", "a/RECORD"])
    #expect(entries[0].digest?.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(entries[0].size == 0)
    #expect(entries[2].digest == nil && entries[2].size == nil)
  }

  @Test("what is written is sorted, quoted where needed, and reads back")
  func writing() throws {
    let digest = try Digest(parsing: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let record = Record([
      RecordEntry(path: "b/RECORD", digest: nil, size: nil),
      RecordEntry(path: "a,\"b\".py", digest: digest, size: 0),
      RecordEntry(path: "../../../bin/a", digest: digest, size: 12),
    ])
    let text = """
      ../../../bin/a,sha256=\(Self.empty),12
      "a,""b"".py",sha256=\(Self.empty),0
      b/RECORD,,

      """
    #expect(record.description == text)
    #expect(try Set(parse(text).entries) == Set(record.entries))
  }

  @Test("digests go to URL-safe base 64 and back", arguments: ["00", "ff", "fb", "5a"])
  func base64(byte: String) throws {
    let digest = try Digest(parsing: String(repeating: byte, count: 32))
    #expect(digest.urlSafeBase64.utf8.count == 43)
    #expect(Digest(urlSafeBase64: digest.urlSafeBase64) == digest)
  }

  @Test(
    "lines that make no sense are refused with their number",
    arguments: [
      ("a,,\nb,,,\n", 2, "there are 4 fields instead of 3"), ("a\n", 1, "there are 1 fields instead of 3"),
      ("a,md5=abc,1\n", 1, "'md5=abc' is not a SHA-256 hash"),
      ("a,sha256=abc,1\n", 1, "'sha256=abc' is not a SHA-256 hash"), ("a,,x\n", 1, "'x' is not a size"),
      ("a,,-1\n", 1, "'-1' is not a size"), ("\"a,,1\n", 1, "a quotation mark is out of place"),
      ("\"a\"b,,\n", 1, "a quotation mark is out of place"),
      ("a,,1\na,,2\n", 2, "'a' is listed twice with different contents"),
    ])
  func refusal(text: String, line: Int, reason: String) {
    #expect(throws: WheelError.malformed(wheel: "w.whl", file: "RECORD", line: line, reason: reason)) {
      try parse(text)
    }
  }

  private func parse(_ text: String) throws -> Record {
    try Record(parsing: text, wheel: "w.whl", file: "RECORD")
  }
}
