import Artifacts
import Model
import SystemPackage
import Testing

@testable import Layers

@Suite("Stamps of trees")
struct TreeStampsTests {
  private let stamp = FileStamp(inode: 7, size: 3, modified: 1_700_000_000_123_456_789, changed: -4)

  @Test("what is kept is what is read again, and nothing else is")
  func roundTrip() throws {
    let stamps = TreeStamps([.sha256(of: "a"): [stamp, nil, stamp], .sha256(of: "b"): []])
    let bytes = stamps.bytes
    #expect(TreeStamps(bytes: bytes) == stamps)
    for count in 0..<bytes.count { #expect(TreeStamps(bytes: Array(bytes[..<count])) == nil) }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x11
      #expect(TreeStamps(bytes: changed) == nil, "byte \(place)")
    }
  }

  @Test("counts that reach beyond the bytes are refused")
  func counts() throws {
    for (place, count) in [(8, 2), (8, 1 << 40), (80, 1), (80, Int.max), (80, -1)] {
      var bytes = Array(TreeStamps([.sha256(of: "a"): []]).bytes.dropLast(64))
      var number: [UInt8] = []
      number.append(littleEndian: Int64(count))
      bytes.replaceSubrange(place..<place + 8, with: number)
      #expect(TreeStamps(bytes: bytes + Array(Digest.sha256(of: bytes).hex.utf8)) == nil)
    }
  }
}
