import Binaries
import Model
import TestSupport
import Testing
import Wheels

@testable import WheelRepair

@Suite("Libraries of wheels for Windows and macOS") struct ForeignLibrariesTests {
  @Test(
    "Windows' own DLLs, Python's and the wheel's may be loaded, whatever their letters' case",
    arguments: [
      ("KERNEL32.dll", true), ("api-ms-win-crt-runtime-l1-1-0.dll", true), ("python313.dll", true),
      ("Python3.DLL", true), ("VCRUNTIME140.dll", true), ("Helper.dll", true), ("python312.dll", false),
      ("libgomp-1.dll", false), ("msys-2.0.dll", false),
    ])
  func windows(library: String, isThere: Bool) throws {
    let file = PEMaker { $0.imports = [library] }.make()
    let problem = try problem(
      in: "tiny-1.0-cp313-cp313-win_amd64.whl", .windowsX64,
      ["tiny/tiny.pyd": file, "tiny/helper.dll": PEMaker().make()])
    #expect(
      problem
        == (isThere
          ? nil
          : .notOfPlatform(
            wheel: "tiny-1.0-cp313-cp313-win_amd64.whl", file: "tiny/tiny.pyd", library: library,
            platform: .windowsX64)))
  }

  @Test("a DLL that is looked for when first called may be missing")
  func delayed() throws {
    let file = PEMaker { $0.delayed = ["nowhere.dll"] }.make()
    let problem = try problem(in: "tiny-1.0-cp313-cp313-win_amd64.whl", .windowsX64, ["tiny.pyd": file])
    #expect(problem == nil)
  }

  @Test(
    "a Mac's own libraries and the wheel's may be loaded, paths of builders not",
    arguments: [
      ("/usr/lib/libSystem.B.dylib", true), ("/System/Library/Frameworks/Security.framework/Security", true),
      ("@rpath/libown.dylib", true), ("libown.dylib", true), ("@loader_path/../libelse.dylib", false),
      ("/opt/local/lib/libown.dylib", false),
    ])
  func mac(library: String, isThere: Bool) throws {
    let file = MachOMaker { $0.dependencies = [(0xC, library)] }.make()
    let own = MachOMaker { $0.dependencies = [] }.make()
    let problem = try problem(
      in: "tiny-1.0-cp313-cp313-macosx_11_0_arm64.whl", .macOSAArch64,
      ["tiny.so": file, "tiny/.dylibs/libown.dylib": own])
    #expect((problem == nil) == isThere)
  }

  private func problem(in wheel: String, _ platform: Platform, _ files: [String: [UInt8]]) throws
    -> RepairError?
  {
    let natives = try files.sorted { $0.key < $1.key }.map { path, bytes in
      (path: path, file: try #require(try NativeFile.inspect(bytes: bytes)))
    }
    let libraries = ForeignLibraries(platform: platform, wheel: try WheelFileName(parsing: wheel))
    do {
      try libraries.check(natives)
      return nil
    } catch {
      return error
    }
  }
}
