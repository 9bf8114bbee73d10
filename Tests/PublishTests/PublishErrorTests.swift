import Publish
import Testing

@Suite("Errors of publishing")
struct PublishErrorTests {
  @Test("an error names the destination and what is wrong with it")
  func named() {
    #expect(
      PublishError.badDestination("ftp://x", reason: "ftp is not known").description
        == "'ftp://x' is no destination: ftp is not known")
  }
}
