import Binaries
import SystemPackage
import TestSupport
import Testing

/// Native files that are cut, or lie: an error or a reading, never a crash, never minutes.
@Suite struct HostileNativeFileTests {
  private static let files: [(String, [UInt8])] = [
    ("ELF", ELFMaker { $0.interpreter = "/lib/ld.so" }.make()),
    (
      "ELF32",
      ELFMaker {
        $0.is64Bit = false
        $0.isBigEndian = true
      }.make()
    ),
    ("Mach-O", MachOMaker { $0.installName = "@rpath/x" }.make()),
    ("universal", MachOMaker.fat([MachOMaker().make()])),
    ("PE", PEMaker().make()),
  ]

  @Test("a file cut at any byte does not crash the reader", arguments: files)
  func truncated(name: String, bytes: [UInt8]) {
    for count in 0..<min(bytes.count, 2048) { survives(Array(bytes.prefix(count))) }
  }

  @Test("a file with any byte changed does not crash the reader", arguments: files)
  func changed(name: String, bytes: [UInt8]) {
    for index in bytes.indices where bytes[index] != 0 || index < 1024 {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var copy = bytes
        copy[index] = value
        survives(copy)
      }
    }
  }

  @Test("a file with any four bytes set does not crash the reader", arguments: files)
  func saturated(name: String, bytes: [UInt8]) {
    for index in bytes.indices.dropLast(8) where index < 1600 {
      for count in [4, 8] {
        var copy = bytes
        copy.replaceSubrange(index..<(index + count), with: [UInt8](repeating: 0xFF, count: count))
        survives(copy)
      }
    }
  }

  @Test("a cut file says where it ends")
  func message() throws {
    let bytes = Array(ELFMaker().make().prefix(100))
    #expect(throws: BinaryError.truncated(offset: 64, count: 112, size: 100)) {
      try NativeFile.inspect(bytes: bytes)
    }
  }

  @Test("a name without an end is refused")
  func endlessName() {
    var bytes = ELFMaker().make()
    bytes.removeLast()
    bytes += [UInt8](repeating: 0x41, count: 8192)
    #expect(throws: BinaryError.self) { try NativeFile.inspect(bytes: bytes) }
  }

  @Test("a directory, an empty file and a text are not native")
  func others() throws {
    #expect(try NativeFile.inspect("/dev/null") == nil)
    #expect(try NativeFile.inspect("/etc/passwd") == nil)
    #expect(try NativeFile.inspect(bytes: []) == nil)
    #expect(NativeFile.mayBegin(with: [0x7F, 0x45, 0x4C, 0x46, 2]))
    #expect(!NativeFile.mayBegin(with: [0x50, 0x4B, 3, 4]))
  }

  private func survives(_ bytes: [UInt8]) {
    do { _ = try NativeFile.inspect(bytes: bytes) } catch { #expect(!error.description.isEmpty) }
  }
}
