import Binaries
import SystemPackage
import TestSupport
import Testing

@Suite struct ELFFileTests {
  @Test(
    "an ELF file's needs are read in either width and byte order",
    arguments: [(true, false), (false, false), (true, true), (false, true)])
  func widths(is64Bit: Bool, isBigEndian: Bool) throws {
    let bytes = ELFMaker {
      $0.is64Bit = is64Bit
      $0.isBigEndian = isBigEndian
      $0.interpreter = "/lib/ld.so"
    }.make()
    let file = try elf(bytes)
    #expect(file.machine == .x64)
    #expect(file.is64Bit == is64Bit)
    #expect(file.isLittleEndian == !isBigEndian)
    #expect(file.kind == .shared)
    #expect(file.interpreter == "/lib/ld.so")
    #expect(file.soname == "libx.so.1")
    #expect(file.needed == ["libc.so.6", "libm.so.6"])
    #expect(file.searchPath == ["$ORIGIN/../lib", "$ORIGIN"])
    #expect(file.highestVersion("GLIBC") == SymbolVersion(2, 17))
  }

  @Test("a weak version does not count")
  func weakVersion() throws {
    let file = try elf(
      ELFMaker {
        $0.versions = ["GLIBC_2.4"]
        $0.weakVersion = "GLIBC_2.38"
      }.make())
    #expect(file.versionNeeds.map(\.versions) == [["GLIBC_2.4"]])
  }

  @Test("GPU code is told from processors' code")
  func accelerator() throws {
    #expect(try elf(ELFMaker { $0.machine = 190 }.make()).machine.isAccelerator)
    #expect(try !elf(ELFMaker { $0.machine = 183 }.make()).machine.isAccelerator)
  }

  @Test("this machine's C library defines the versions that ls needs")
  func realFiles() throws {
    guard case .elf(let list) = try NativeFile.inspect("/bin/ls") else {
      Issue.record("ls is no ELF file")
      return
    }
    #expect(list.needed.contains("libc.so.6"))
    let libc = ["/lib/x86_64-linux-gnu/libc.so.6", "/lib/aarch64-linux-gnu/libc.so.6", "/lib64/libc.so.6"]
    for path in libc {
      guard case .elf(let library)? = try? NativeFile.inspect(.init(path)) else { continue }
      let offered = try #require(library.highestDefinedVersion("GLIBC"))
      #expect(try #require(list.highestVersion("GLIBC")) <= offered)
      #expect(library.soname == "libc.so.6")
    }
  }

  private func elf(_ bytes: [UInt8]) throws -> ELFFile {
    guard case .elf(let file) = try NativeFile.inspect(bytes: bytes) else {
      throw BinaryError.malformed(format: "ELF", reason: "not recognised")
    }
    return file
  }
}
