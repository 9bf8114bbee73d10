import Model
import Processes
import SystemPackage
import Testing

@testable import Toolchains

@Suite struct ToolchainsTests {
  @Test(
    "zig is told the platform and its floor",
    arguments: [
      (Platform.linuxAArch64, nil, "aarch64-linux-gnu.2.28"),
      (.linuxX64, PlatformFloor(2, 17), "x86_64-linux-gnu.2.17"),
      (.macOSAArch64, PlatformFloor(11, 0), "aarch64-macos.11.0"), (.windowsX64, nil, "x86_64-windows-gnu"),
    ] as [(Platform, PlatformFloor?, String)])
  func triples(platform: Platform, floor: PlatformFloor?, triple: String) {
    #expect(ZigTarget(platform, floor: floor).triple == triple)
  }

  @Test("the compiler's script leaves out what zig refuses, and hands on the rest as it is")
  func script() async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp toolchain ") { directory in
      let program = directory.appending("it's zig")
      try writeAtomically(
        Array("#!/bin/sh\nprintf '<%s>' \"$@\"\n".utf8), to: program,
        permissions: FilePermissions(rawValue: 0o755))
      let toolchain = try Toolchain.zig(
        ZigTarget(.linuxAArch64, floor: nil), program: program, version: "1", host: .linuxX64,
        in: directory.appending("toolchains"), caches: directory.appending("caches"))
      #expect(toolchain.isCross && toolchain.identity == "zig 1 aarch64-linux-gnu.2.28")
      let compiler = FilePath(try #require(toolchain.environment["CC"]))
      let result = try await run(
        checked: Command(compiler, ["-DA=\"b c\"", "-Wl,-Bsymbolic-functions", "x.c"], environment: [:]))
      #expect(
        result.text
          == "<cc><-target><aarch64-linux-gnu.2.28><-fno-sanitize=undefined><-DA=\"b c\"><x.c>")
    }
  }

  @Test(
    "extension modules are called as the platform's Python looks for them",
    arguments: [
      (Platform.linuxAArch64, ".cpython-313-aarch64-linux-gnu.so"), (.windowsX64, ".cp313-win_amd64.pyd"),
      (.macOSX64, ".cpython-313-darwin.so"),
    ])
  func suffix(platform: Platform, suffix: String) {
    let python = CrossPython(version: PythonVersion(3, 13, 5), platform: platform, include: "/include")
    #expect(python.extensionSuffix == suffix)
  }
}
