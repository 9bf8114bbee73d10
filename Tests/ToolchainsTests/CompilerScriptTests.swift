import Model
import Processes
import SystemPackage
import Testing

@testable import Toolchains

@Suite struct CompilerScriptTests {
  @Test(
    "options of Microsoft's compiler become our own, are left out, or end the build",
    arguments: [
      (["/O2", "/EHsc", "/W3", "/wd4244", "/bigobj", "x.c"], "<-O2><x.c>"),
      (
        ["/std:c++17", "/DNAME=1", "/Iinclude", "/arch:AVX2"],
        "<-std=c++17><-DNAME=1><-Iinclude><-mavx2><-mfma>"
      ),
      (["-lWS2_32", "-lOwn"], "<-lws2_32><-lOwn>"),
      (["-o", "/nowhere/x.obj", "/dev/null"], "<-o></nowhere/x.obj></dev/null>"),
      (["/clr"], "ppp: error: '/clr' needs Microsoft's compiler\n"),
    ])
  func windows(words: [String], expected: String) async throws {
    let result = try await compile(words, for: .windowsX64)
    #expect(
      result
        == (expected.hasPrefix("<")
          ? "<cc><-target><x86_64-windows-gnu><-fno-sanitize=undefined><-idirafter><headers>\(expected)"
          : expected))
  }

  @Test("a processor is named where something is compiled, not where it is only linked")
  func processor() async throws {
    let start = "<cc><-target><x86_64-macos.11.0><-fno-sanitize=undefined>"
    let linked = try await compile(["-msse4.1", "-march=native", "x.o", "-o", "x"], for: .macOSX64)
    #expect(linked == "\(start)<x.o><-o><x>")
    let compiled = try await compile(["-msse4.1", "x.c"], for: .macOSX64)
    #expect(compiled == "\(start)<-msse4.1><x.c>")
  }

  @Test("a Mac's bundles are libraries, and its frameworks need its SDK")
  func mac() async throws {
    let bundle = try await compile(["-bundle", "x.o"], for: .macOSAArch64)
    #expect(bundle == "<cc><-target><aarch64-macos.11.0><-fno-sanitize=undefined><-shared><x.o>")
    let framework = try await compile(["x.o", "-framework", "Cocoa"], for: .macOSAArch64)
    #expect(framework == "ppp: error: '-framework Cocoa' needs Apple's SDK\n")
  }

  /// What a compiler that says what it is told is told, or what the script says in its place.
  private func compile(_ words: [String], for platform: Platform) async throws -> String {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp toolchain ") { directory in
      let program = directory.appending("zig")
      try writeAtomically(
        Array("#!/bin/sh\nprintf '<%s>' \"$@\"\n".utf8), to: program,
        permissions: FilePermissions(rawValue: 0o755))
      let libraries = directory.pushing("lib/libc/mingw/lib-common")
      try makeDirectory(libraries)
      try writeAtomically([], to: libraries.appending("ws2_32.def.in"))
      let toolchain = try Toolchain.zig(
        ZigTarget(platform, floor: platform == .windowsX64 ? nil : PlatformFloor(11, 0)), program: program,
        version: "1", host: .linuxX64, in: directory.appending("toolchains"),
        caches: directory.appending("caches"))
      let compiler = FilePath(try #require(toolchain.environment["CC"]))
      let result = try await run(Command(compiler, words, environment: [:]))
      let headers = directory.appending("toolchains").appending("windows-headers")
      return (result.succeeded ? result.text : result.errorText).replacing(headers.string, with: "headers")
    }
  }
}
