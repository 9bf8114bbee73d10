import Testing
import Trust

@Suite("Errors of trust")
struct TrustErrorTests {
  @Test("an error names the file and what is wrong with it")
  func named() {
    #expect(
      TrustError.badFile("a.pub", reason: "it is empty").description
        == "'a.pub' is no key or signature: it is empty")
  }
}
