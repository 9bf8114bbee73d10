import Binaries
import Model
import TestSupport
import Testing

@testable import Verify

@Suite struct NativeFileRulesTests {
  private static let site = "lib/python3.13/site-packages"

  @Test("a library whose needs the system meets is fine")
  func good() throws {
    let maker = ELFMaker()
    #expect(try messages(maker.make(), on: .linuxX64).isEmpty)
  }

  @Test("a file of another machine is a finding on every system")
  func machine() throws {
    #expect(
      try messages(ELFMaker { $0.machine = 183 }.make(), on: .linuxX64) == [
        "failed: is for aarch64, not x86_64"
      ])
    #expect(
      try messages(MachOMaker().make(), on: .macOSX64) == ["failed: is for aarch64, not x86_64"])
    #expect(
      try messages(PEMaker { $0.machine = 0x14C }.make(), at: "a.pyd", on: .windowsX64)
        == ["failed: is for i386, not x86_64"])
  }

  @Test("code for a GPU fits every machine")
  func accelerator() throws {
    #expect(try messages(ELFMaker { $0.machine = 224 }.make(), on: .linuxAArch64).isEmpty)
  }

  @Test("a universal file fits when it holds the platform's machine")
  func universal() throws {
    let fat = MachOMaker.fat([MachOMaker { $0.cpu = 0x0100_0007 }.make(), MachOMaker().make()])
    for platform in [Platform.macOSX64, .macOSAArch64] { #expect(try messages(fat, on: platform).isEmpty) }
  }

  @Test("a foreign file is fatal where it would be loaded, and only worth knowing elsewhere")
  func foreign() throws {
    let launcher = "\(Self.site)/pip/_vendor/distlib/t64.exe"
    #expect(
      try messages(PEMaker().make(), at: launcher, on: .linuxX64)
        == ["warned: is a PE file for Windows, of no use here"])
    #expect(
      try messages(MachOMaker().make(), on: .linuxX64)
        == ["failed: is a Mach-O file, which linux-x64 cannot load"])
  }

  @Test(
    "a file whose name says that it is for another platform is there on purpose, but for an extension's tag",
    arguments: [
      ("p/attach_linux_aarch64.so", false), ("p/native/arm64/x.so", false), ("p/x.so", true),
      ("p/x.cpython-313-aarch64-linux-gnu.so", true), ("p/linux_x86_64.so", true),
    ])
  func declared(path: String, isFatal: Bool) throws {
    let found = try messages(ELFMaker { $0.machine = 183 }.make(), at: "\(Self.site)/\(path)", on: .linuxX64)
    #expect(found == ["\(isFatal ? "failed" : "warned"): is for aarch64, not x86_64"])
  }

  @Test("a 32-bit file in a directory for 64 bits is not there on purpose")
  func declaredPrefix() throws {
    let bytes = ELFMaker { $0.machine = 3 }.make()
    #expect(
      try messages(bytes, at: "\(Self.site)/p/x86_64/x.so", on: .linuxX64)
        == ["failed: is for i386, not x86_64"])
  }

  @Test("a file that needs a newer C library than the floor is a finding")
  func glibcFloor() throws {
    let bytes = ELFMaker { $0.versions = ["GLIBC_2.38"] }.make()
    #expect(
      try messages(bytes, on: .linuxX64) == ["failed: needs glibc 2.38, but the platform's floor is 2.28"])
    #expect(try messages(bytes, on: .linuxX64, floor: PlatformFloor(2, 39)).isEmpty)
    #expect(try messages(bytes, on: .linuxX64, floor: .some(nil)).isEmpty)
  }

  @Test("libraries may need what the C library that comes along has; programs started by the system may not")
  func bundledGlibc() throws {
    var inspection = Inspection()
    try inspection.add("lib/glibc/libc.so.6", definingGlibc: "GLIBC_2.38")
    let file = try native(ELFMaker { $0.versions = ["GLIBC_2.38"] }.make(), "\(Self.site)/a.so")
    let newer = try native(ELFMaker { $0.versions = ["GLIBC_2.39"] }.make(), "\(Self.site)/a.so")
    let maker = ELFMaker {
      $0.versions = ["GLIBC_2.38"]
      $0.interpreter = "/lib64/ld-linux-x86-64.so.2"
    }
    let rules = NativeFileRules(
      platform: .linuxX64, floor: PlatformFloor(2, 28), python: PythonVersion(3, 13, 5),
      inspection: inspection)
    #expect(rules.findings(for: file).isEmpty)
    #expect(
      rules.findings(for: newer).map(\.message) == ["needs glibc 2.39, but the environment brings 2.38"])
    #expect(rules.findings(for: try native(maker.make(), "bin/.python3.13.real")).isEmpty)
    #expect(
      rules.findings(for: try native(maker.make(), "bin/ninja")).map(\.message)
        == ["needs glibc 2.38, but the platform's floor is 2.28"])
  }

  @Test("a macOS file newer than the floor, or unsigned on arm64, is a finding")
  func macOS() throws {
    #expect(
      try messages(MachOMaker { $0.minimum = (1, 14 << 16) }.make(), on: .macOSAArch64)
        == ["failed: needs macOS 14.0, but the platform's floor is 13.0"])
    #expect(
      try messages(MachOMaker { $0.isSigned = false }.make(), on: .macOSAArch64)
        == ["failed: is not signed, and macOS on arm64 loads nothing that isn't"])
    #expect(
      try messages(MachOMaker { $0.minimum = (2, 14 << 16) }.make(), on: .macOSAArch64).first
        == "failed: is for iOS, not macOS")
  }

  @Test("a library that is nowhere is a finding that names it, and one in the environment is not")
  func missingLibrary() throws {
    let bytes = ELFMaker { $0.needed = ["libcuda.so.1", "libpython3.13.so.1.0"] }.make()
    #expect(
      try messages(bytes, on: .linuxX64)
        == ["failed: needs 'libcuda.so.1', which is neither in the environment nor on every linux-x64 system"]
    )
    let paths = ["\(Self.site)/x.libs/libcuda.so.1"]
    #expect(try messages(bytes, on: .linuxX64, paths: paths).isEmpty)
  }

  @Test("a program's libraries must be where it looks for them")
  func programLibraries() throws {
    func found(_ runpath: String) throws -> [String] {
      let maker = ELFMaker {
        $0.needed = ["libpython3.13.so.1.0"]
        $0.interpreter = "/lib64/ld-linux-x86-64.so.2"
        $0.runpath = runpath
      }
      let paths = ["bin/python3", "lib/libpython3.13.so.1.0"]
      return try messages(maker.make(), at: "bin/python3.13", on: .linuxX64, paths: paths)
    }
    #expect(try found("$ORIGIN/../lib").isEmpty)
    #expect(
      try found("/build/lib")
        == ["failed: needs 'libpython3.13.so.1.0' of the environment, but looks in '/build/lib'"])
  }

  @Test("Python's own library must be along where the interpreter is, and be the right one elsewhere")
  func pythonLibrary() throws {
    let bytes = ELFMaker { $0.needed = ["libpython3.13.so.1.0"] }.make()
    #expect(try messages(bytes, on: .linuxX64, paths: ["bin/python3"]).count == 1)
    #expect(try messages(bytes, on: .linuxX64, paths: ["bin/python3", "lib/libpython3.13.so.1.0"]).isEmpty)
    let old = PEMaker { $0.imports = ["python311.dll", "VCRUNTIME140.dll"] }
    #expect(
      try messages(old.make(), at: "a.pyd", on: .windowsX64)
        == ["failed: needs 'python311.dll', which is neither in the environment nor a part of Windows"])
  }

  @Test("DLLs are found whatever their case, and delayed ones are only worth knowing")
  func windows() throws {
    let bytes = PEMaker {
      $0.imports = ["OpenBLAS.DLL", "api-ms-win-crt-heap-l1-1-0.dll"]
      $0.delayed = ["nvcuda.dll"]
    }.make()
    let paths = ["Lib/site-packages/numpy.libs/openblas.dll"]
    #expect(
      try messages(bytes, at: "a.pyd", on: .windowsX64, paths: paths)
        == ["warned: may call 'nvcuda.dll', which is neither in the environment nor a part of Windows"])
  }

  @Test(
    "macOS libraries are found by rpath, beside their loader, or by name, never by a path of the build machine",
    arguments: [
      ("@rpath/libomp.dylib", true), ("@loader_path/.dylibs/libomp.dylib", true), ("libomp.dylib", true),
      ("/System/Library/Frameworks/Metal.framework/Metal", true), ("@rpath/libnot.dylib", false),
      ("/Users/runner/miniconda3/lib/libomp.dylib", false), ("@loader_path/../../../../../../libomp", false),
    ])
  func dylibs(name: String, isFound: Bool) throws {
    let bytes = MachOMaker { $0.dependencies = [(0xC, name)] }.make()
    let paths = ["\(Self.site)/x/.dylibs/libomp.dylib"]
    let found = try messages(bytes, at: "\(Self.site)/x/y.so", on: .macOSAArch64, paths: paths).isEmpty
    #expect(found == isFound)
  }

  @Test("a damaged file is a finding")
  func damaged() {
    let file = InspectedFile(path: "a.so", content: .damaged("file ends at byte 3"))
    let rules = rules(.linuxX64, PlatformFloor(2, 28), [])
    #expect(rules.findings(for: file).map(\.message) == ["file ends at byte 3"])
  }

  private func rules(_ platform: Platform, _ floor: PlatformFloor?, _ paths: [String]) -> NativeFileRules {
    NativeFileRules(
      platform: platform, floor: floor, python: PythonVersion(3, 13, 5), inspection: Inspection(paths: paths))
  }

  private func messages(
    _ bytes: [UInt8], at path: String = "\(site)/x.so", on platform: Platform,
    floor: PlatformFloor?? = .none, paths: [String] = []
  ) throws -> [String] {
    let floor = floor ?? PlatformFloor.standard(for: platform)
    return rules(platform, floor, paths).findings(for: try native(bytes, path))
      .map { ($0.isFatal ? "failed: " : "warned: ") + $0.message }
  }
}

/// What the reader makes of a file's bytes.
private func native(_ bytes: [UInt8], _ path: String) throws -> InspectedFile {
  try #require(try InspectedFile(path: path) { try NativeFile.inspect(bytes: bytes) })
}

extension Inspection {
  /// A C library that offers one version.
  fileprivate mutating func add(_ path: String, definingGlibc version: String) throws {
    paths.append(path)
    nativeFiles.append(try native(ELFMaker { $0.definedVersions = [version] }.make(), path))
  }
}
