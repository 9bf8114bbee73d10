import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Rust that can't be compiled", .enabled(if: SourceScene.python != nil)) struct RustRefusalTests {
  /// A search path with a Python and these scripts.
  private func searchPath(_ scene: SourceScene, _ programs: [String: String]) throws -> String {
    let real = try #require(SourceScene.python)
    for (name, text) in programs {
      try scene.matrix.write(
        "programs/\(name)", Array("#!/bin/sh\n\(text)\n".utf8), permissions: .init(rawValue: 0o755))
    }
    let name = "python\(real.minorVersion)"
    let python = try #require(findExecutable(name, in: real.searchPath))
    try scene.matrix.write(
      "programs/\(name)", Array("#!/bin/sh\nexec \(python) \"$@\"\n".utf8),
      permissions: .init(rawValue: 0o755))
    return scene.matrix.path("programs").string
  }

  @Test("without cargo a package is refused before anything is fetched, with what to install")
  func noCargo() async throws {
    try await SourceScene.with { scene in
      try scene.lock(RustScene.maturin.source())
      let problem = try await scene.problem(searchPath: searchPath(scene, [:]))
      #expect(problem.message == "'tiny' is written in Rust, and this machine has no cargo")
      #expect(problem.hint?.hasPrefix("apt install cargo, or install Rust with rustup") ?? false)
    }
  }

  @Test("a compiler without the platform's standard library is named, and what has it")
  func noLibrary() async throws {
    let rustc = """
      case "$1" in -vV) printf 'rustc 1.2.3\\nhost: x86_64-unknown-linux-gnu\\n' ;; *) echo /nonexistent ;; esac
      """
    try await SourceScene.with { scene in
      try scene.lock(RustScene.setuptools.source())
      let problem = try await scene.problem(
        searchPath: searchPath(scene, ["rustc": rustc, "cargo": "exit 1"]))
      let target = Platform.host == .linuxX64 ? "x86_64-unknown-linux-gnu" : "aarch64-unknown-linux-gnu"
      #expect(
        problem.message == "'tiny' is written in Rust, and rustc 1.2.3 has no standard library for \(target)")
      #expect(problem.hint?.hasPrefix("run 'rustup target add \(target)'; of Debian's Rust") ?? false)
    }
  }

  @Test("other systems than Linux are refused with the reason", .enabled(if: SourceScene.hasZig))
  func otherSystem() async throws {
    try await SourceScene.with(config: #"{"platforms": ["windows-x64"]}"#) { scene in
      try scene.lock(RustScene.maturin.source(), on: [.windowsX64])
      let problem = try await scene.problem("*@windows-x64")
      #expect(
        problem.message
          == "'tiny' can't be built for windows-x64 on this machine: it is written in Rust, which is compiled for Linux only"
      )
    }
  }
}
