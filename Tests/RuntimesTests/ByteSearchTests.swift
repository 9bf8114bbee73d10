import Testing

@testable import Runtimes

@Suite struct ByteSearchTests {
  @Test("a pattern is found where it is, also at the ends and after false starts")
  func offsets() {
    let bytes = Array("aab aaab ab".utf8)
    #expect(bytes.offsets(of: "ab".utf8) == [1, 6, 9])
    #expect(bytes.offset(of: "aab".utf8, from: 1) == 5)
    #expect(bytes.offset(of: "abc".utf8) == nil)
    #expect([UInt8]().offset(of: "a".utf8) == nil)
  }

  @Test("words are taken out with the space behind them")
  func words() {
    var bytes = Array("-O2 -ffile-prefix-map=/a=. -g '-ffile-prefix-map=/b=.'".utf8)
    bytes.removeWords(beginningWith: "-ffile-prefix-map=")
    #expect(String(decoding: bytes, as: UTF8.self) == "-O2 -g ''")
  }
}
