import Binaries
import TestSupport
import Testing

@Suite struct MachOImageTests {
  @Test("a thin image's libraries, rpaths and oldest system are read")
  func thin() throws {
    let image = try #require(try images(MachOMaker().make()).first)
    #expect(image.machine == .aarch64)
    #expect(image.kind == .bundle)
    #expect(image.dependencies.map(\.name) == ["/usr/lib/libSystem.B.dylib", "@rpath/libweak.dylib"])
    #expect(image.dependencies.map(\.isWeak) == [false, true])
    #expect(image.rpaths == ["@loader_path/.dylibs"])
    #expect(image.platform == "macOS")
    #expect(image.minimumSystem?.description == "11.0")
    #expect(image.isSigned)
  }

  @Test("the older command for the oldest system is read as well")
  func legacyMinimum() throws {
    let maker = MachOMaker {
      $0.cpu = 0x0100_0007
      $0.installName = "@rpath/libx.dylib"
      $0.minimum = nil
      $0.legacyMinimum = 10 << 16 | 9 << 8
      $0.isSigned = false
    }
    let image = try #require(try images(maker.make()).first)
    #expect(image.minimumSystem?.description == "10.9")
    #expect(image.installName == "@rpath/libx.dylib")
    #expect(!image.isSigned)
  }

  @Test("macOS counts where an image names Mac Catalyst too")
  func zippered() throws {
    let maker = MachOMaker {
      $0.minimum = (6, 14 << 16)
      $0.legacyMinimum = 12 << 16
    }
    #expect(try images(maker.make()).first?.minimumSystem?.description == "12.0")
  }

  @Test("a universal file has an image for each processor")
  func universal() throws {
    let fat = MachOMaker.fat([MachOMaker { $0.cpu = 0x0100_0007 }.make(), MachOMaker().make()])
    #expect(try images(fat).map(\.machine) == [.x64, .aarch64])
  }

  @Test("a Java class and a universal static library are no images")
  func lookalikes() throws {
    #expect(
      try NativeFile.inspect(bytes: [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52] + [UInt8](repeating: 1, count: 64))
        == nil)
    #expect(try NativeFile.inspect(bytes: MachOMaker.fat([Array("!<arch>\nabc".utf8)])) == nil)
  }

  private func images(_ bytes: [UInt8]) throws -> [MachOImage] {
    guard case .machO(let images) = try NativeFile.inspect(bytes: bytes) else { return [] }
    return images
  }
}
