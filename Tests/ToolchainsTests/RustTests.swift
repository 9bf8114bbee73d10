import Model
import Processes
import SystemPackage
import Testing

@testable import Toolchains

@Suite struct RustTests {
  /// A directory with these programs, each a shell script.
  private func with(
    _ programs: [String: String], _ body: (FilePath, [String: String]) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp rust ") { directory in
      for (name, text) in programs { try Self.write(text, to: directory.pushing(FilePath(name))) }
      try await body(directory, ["PATH": "\(directory):/usr/bin:/bin"])
    }
  }

  private static func write(_ text: String, to path: FilePath) throws {
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(
      Array("#!/bin/sh\n\(text)\n".utf8), to: path, permissions: FilePermissions(rawValue: 0o755))
  }

  private static let rustc = """
    case "$1" in
      -vV) printf 'rustc 1.63.0 (4b91a6ea7 2022-08-08)\\nbinary: rustc\\nhost: x86_64-unknown-linux-gnu\\n' ;;
      *) cd "${0%/*}/sysroot"; pwd ;;
    esac
    """

  @Test("the compiler says what it is, which machine it is for, and for which it has a standard library")
  func found() async throws {
    try await with(["rustc": Self.rustc, "cargo": ":"]) { directory, variables in
      let library = directory.pushing("sysroot/lib/rustlib/aarch64-unknown-linux-gnu/lib")
      try makeDirectory(library)
      try writeAtomically([], to: library.appending("libstd-0123.rlib"))
      let rust = try #require(try await Rust.find(in: variables))
      #expect(
        rust.identity == "rustc 1.63.0 (4b91a6ea7 2022-08-08)" && rust.host == "x86_64-unknown-linux-gnu")
      #expect(rust.rustc == directory.appending("rustc") && rust.cargo == directory.appending("cargo"))
      #expect(rust.hasLibrary(for: "aarch64-unknown-linux-gnu"))
      #expect(!rust.hasLibrary(for: "x86_64-unknown-linux-gnu"))
    }
  }

  @Test(
    "the programs of the toolchain stand in for rustup's, which a build could not ask; what is named is taken"
  )
  func rustup() async throws {
    let programs = ["rustc": Self.rustc, "cargo": ":", "sysroot/bin/rustc": ":", "sysroot/bin/cargo": ":"]
    try await with(programs) { directory, variables in
      let rust = try #require(try await Rust.find(in: variables))
      #expect(rust.rustc == directory.pushing("sysroot/bin/rustc"))
      #expect(rust.cargo == directory.pushing("sysroot/bin/cargo"))
      let named = variables.merging(["RUSTC": "\(directory)/rustc"]) { $1 }
      let other = try #require(try await Rust.find(in: named))
      #expect(other.rustc == directory.appending("rustc"))
    }
  }

  @Test(
    "without cargo, without rustc, and with one that does not run there is none",
    arguments: ["cargo", "rustc"])
  func missing(name: String) async throws {
    try await with([name: "exit 1"]) { directory, _ in
      let rust = try await Rust.find(in: ["PATH": directory.string])
      #expect(rust == nil)
    }
    try await with(["rustc": "echo 'no such toolchain' >&2; exit 1", "cargo": ":"]) { _, variables in
      let rust = try await Rust.find(in: variables)
      #expect(rust == nil)
    }
  }

  @Test("cargo is given a linker for both platforms, which leaves out what zig refuses")
  func linker() async throws {
    let print = "printf '<%s>' \"$@\""
    try await with(["rustc": Self.rustc, "cargo": ":", "cc": print, "zig": print]) { directory, variables in
      try makeDirectory(directory.appending("sysroot"))
      let rust = try #require(try await Rust.find(in: variables))
      let zig = Toolchain(
        identity: "zig 1 aarch64-linux-gnu.2.28", platform: .linuxAArch64, isCross: true,
        environment: ["CC": directory.appending("zig").string])
      let own = Toolchain(
        identity: "cc 1", platform: .linuxX64, isCross: false, environment: ["CC": "cc"])
      let python = CrossPython(version: PythonVersion(3, 13, 5), platform: .linuxAArch64, include: "/include")
      let toolchain = try zig.compilingRust(
        with: rust, own: own, python: python, flags: ["--cfg", "a b"], scratch: directory,
        home: directory.appending("home"), in: directory.appending("files"))
      let environment = toolchain.environment
      func linked(_ target: String) async throws -> String {
        let program = try #require(environment["CARGO_TARGET_\(target)_UNKNOWN_LINUX_GNU_LINKER"])
        let arguments = ["a b.o", "-lgcc_s", "-Wl,--fix-cortex-a53-843419", "-lc"]
        return try await run(checked: Command(FilePath(program), arguments, environment: variables)).text
      }
      #expect(try await linked("AARCH64") == "<a b.o><-lunwind><-lc><-Wl,-s>")
      #expect(try await linked("X86_64") == "<a b.o><-lgcc_s><-Wl,--fix-cortex-a53-843419><-lc>")
      #expect(environment["CARGO_BUILD_TARGET"] == "aarch64-unknown-linux-gnu")
      #expect(environment["CARGO_ENCODED_RUSTFLAGS"] == "--cfg\u{1f}a b" && environment["HOST_CC"] == "cc")
      let data = FilePath(try #require(environment["PYO3_CROSS_LIB_DIR"]))
      let text = try readFile(data.appending("_sysconfigdata_ppp_cross.py"))
      #expect(String(decoding: text, as: UTF8.self).contains("'SOABI': 'cpython-313-aarch64-linux-gnu'"))
    }
  }
}
