import Catalogue
import Model
import Testing

@Suite struct BundleReferenceTests {
  @Test(arguments: ["python-3.13.5@linux-x64", "python-3.13.5-science@windows-x64:12"])
  func `its description parses back`(text: String) throws {
    #expect(try BundleReference(parsing: text).description == text)
  }

  @Test(arguments: ["python-3.13.5", "a@linux-x64:", "a@linux-x64:0", "a@linux-x64:-1", "a@linux-x64:1:2"])
  func `what is no bundle is refused`(text: String) {
    #expect(throws: ParseError.self) { try BundleReference(parsing: text) }
  }
}
