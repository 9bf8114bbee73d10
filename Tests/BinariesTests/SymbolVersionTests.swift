import Binaries
import Testing

@Suite struct SymbolVersionTests {
  @Test("versions compare by number, not by text")
  func order() throws {
    let names = ["GLIBC_2.4", "GLIBC_2.17", "GLIBC_2.2.5", "GLIBC_2.38"]
    let versions = names.compactMap { SymbolVersion($0, of: "GLIBC") }
    #expect(versions.sorted().map(\.description) == ["2.2.5", "2.4", "2.17", "2.38"])
  }

  @Test("names without a number, and those of other families, are no version")
  func others() {
    for name in ["GLIBC_PRIVATE", "GLIBCXX_3.4", "GLIBC_", "GLIBC_2.x", "GLIBC_99999999999999999999"] {
      #expect(SymbolVersion(name, of: "GLIBC") == nil)
    }
    #expect(SymbolVersion("GLIBC_ABI_DT_RELR", of: "GLIBC") == SymbolVersion(2, 36))
    #expect(SymbolVersion("GLIBCXX_3.4.30", of: "GLIBCXX")?.description == "3.4.30")
  }
}
