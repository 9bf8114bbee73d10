import Layers
import Model
import SystemPackage
import Testing

@testable import Verify

/// Environments of another Linux machine, run by an emulator: here a shell script that goes to the program itself.
@Suite struct EmulatedVerificationTests {
  private static let foreign = Platform.host == .linuxAArch64 ? Platform.linuxX64 : .linuxAArch64
  private static let machine = foreign == .linuxAArch64 ? "aarch64" : "x86_64"

  @Test("an interpreter with its own C library is started by that one's dynamic linker, in the emulator")
  func bundledLibrary() async throws {
    let program = #"""
      #!/bin/sh
      root=$(cd "$(dirname "$0")/.." && pwd -P)
      if [ $# = 2 ]; then
        printf '{"version": "3.13.5", "prefix": "%s", "path": [], "machine": "MACHINE"}\n' "$root"
      else echo "ppp-verify imported"; fi
      """#
    let report = try await verify([
      "bin/python3": Array("#!/bin/sh\nexit 1\n".utf8),
      "bin/.python3.13.real": Array(program.replacing("MACHINE", with: Self.machine).utf8),
      "lib/glibc/ld-linux-foreign.so.1": Array("linker".utf8),
    ])
    #expect(report.didRun)
    #expect(report.diagnostics.isEmpty)
    #expect(report.checks.count == 8)
  }

  @Test("an interpreter that the emulator has no C library for is only read")
  func noLibrary() async throws {
    let report = try await verify(["bin/python3": Array("#!/bin/sh\nexit 1\n".utf8)])
    #expect(!report.didRun)
    #expect(report.succeeded)
  }

  private func verify(_ files: [String: [UInt8]]) async throws -> VerificationReport {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let maker = BundleMaker(in: directory)
      let emulator = directory.appending("emulator")
      let script = #"""
        #!/bin/sh
        [ "$2" = --library-path ] && [ "$4" = --argv0 ] || exit 9
        shift 5
        exec "$@"
        """#
      try writeAtomically(Array(script.utf8), to: emulator, permissions: [.ownerReadWriteExecute])
      let layers = [try await maker.layer("runtime", kind: "runtime", files)]
      let settings = Verifier.Settings(
        width: 2, emulators: [Self.foreign: Emulator(executable: emulator)])
      let verifier = Verifier(
        store: maker.store, cache: cache(of: directory), scratch: directory.appending("scratch"),
        settings: settings, events: { _ in })
      return try await verifier.verify(
        VerificationSubject(
          cell: CellID(runenv: "python-3.13.5", platform: Self.foreign), python: PythonVersion(3, 13, 5),
          floor: nil, bundle: try await maker.bundle(layers), layers: layers,
          distributions: [DistributionImports(name: "a", version: "1", imports: ["a"])]))
    }
  }
}
