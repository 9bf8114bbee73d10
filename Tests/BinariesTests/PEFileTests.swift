import Binaries
import TestSupport
import Testing

@Suite struct PEFileTests {
  @Test("a DLL's machine, imports and delayed imports are read", arguments: [true, false])
  func library(isPE32Plus: Bool) throws {
    let maker = PEMaker {
      $0.machine = isPE32Plus ? 0x8664 : 0x14C
      $0.isPE32Plus = isPE32Plus
    }
    let file = try #require(try pe(maker.make()))
    #expect(file.machine == (isPE32Plus ? .x64 : .x86))
    #expect(file.isDLL)
    #expect(file.subsystem == .console)
    #expect(file.imports == ["KERNEL32.dll", "python313.dll"])
    #expect(file.delayedImports == ["USER32.dll"])
    #expect(!file.isManaged)
  }

  @Test("a program is not a DLL")
  func program() throws {
    #expect(
      try pe(
        PEMaker {
          $0.isDLL = false
          $0.imports = []
        }.make())?.isDLL == false)
  }

  @Test("a text and a DOS program that begin with MZ are no PE files")
  func lookalikes() throws {
    #expect(try pe(Array("MZ is how this text begins".utf8)) == nil)
    #expect(try pe(Array("MZ".utf8) + [UInt8](repeating: 0xFF, count: 200)) == nil)
    #expect(try pe(Array("MZ".utf8) + [UInt8](repeating: 0, count: 200)) == nil)
  }

  private func pe(_ bytes: [UInt8]) throws -> PEFile? {
    guard case .pe(let file)? = try NativeFile.inspect(bytes: bytes) else { return nil }
    return file
  }
}
