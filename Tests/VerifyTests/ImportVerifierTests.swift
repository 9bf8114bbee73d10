import Model
import Processes
import SystemPackage
import Testing

@testable import Verify

/// Imports tried in fake interpreters: shell scripts that answer as a Python would, or as a broken one.
@Suite struct ImportVerifierTests {
  private static let platform = Platform.host ?? .linuxX64

  @Test("every import is tried once, after the standard library's, under the first distribution that has it")
  func trials() {
    let trials = ImportVerifier.trials([
      DistributionImports(name: "a", version: "1", imports: ["google", "a"]),
      DistributionImports(name: "b", version: "2", imports: ["google", "b"]),
    ])
    #expect(trials.prefix(6).map(\.name) == ["ssl", "sqlite3", "ctypes", "lzma", "bz2", "zlib"])
    #expect(trials.dropFirst(6).map(\.name) == ["google", "a", "b"])
    #expect(trials.dropFirst(6).map(\.distribution) == ["a 1", "a 1", "b 2"])
  }

  @Test("an import's end is read from what the interpreter reports, not from what the module prints")
  func outcomes() async throws {
    let script = """
      case "$3" in
        good) printf 'ppp-verify no, this is mine\\nnoise\\nppp-verify imported\\n' ;;
        bad) printf "\\nppp-verify ImportError: No module named 'x'\\n" ;;
        crash) echo 'last words' >&2; kill -SEGV $$ ;;
        exits) echo bye >&2; exit 3 ;;
        late) printf 'ppp-verify imported\\n'; exit 9 ;;
      esac
      """
    let names = ["good", "bad", "crash", "exits", "late"]
    let checks = try await checks(script, imports: names)
    let outcomes = Dictionary(uniqueKeysWithValues: checks.map { ($0.subject, $0.outcome) })
    #expect(outcomes["interpreter"] == .ok)
    #expect(outcomes["good"] == .ok)
    #expect(outcomes["bad"] == .failed(message: "ImportError: No module named 'x'"))
    #expect(outcomes["crash"] == .failed(message: "the interpreter was ended by signal 11: last words"))
    #expect(outcomes["exits"] == .failed(message: "ended the interpreter with status 3: bye"))
    #expect(
      outcomes["late"] == .failed(message: "was imported, but the interpreter then ended with status 9"))
  }

  @Test("an import whose time was up says so, whatever it had reported")
  func timeout() {
    let result = ProcessResult(
      status: .signalled(15), output: Array("ppp-verify imported\n".utf8), errorOutput: [], timedOut: true)
    let trial = ImportTrial(kind: .import, name: "a", distribution: nil)
    #expect(trial.check(result, timeout: .seconds(60)).outcome == .failed(message: "did not end within 60 s"))
  }

  @Test("an interpreter that does not start is one failure, and no import is tried")
  func noStart() async throws {
    let checks = try await checks("", probe: "echo 'GLIBC_2.38 not found' >&2; exit 1", imports: ["a"])
    #expect(
      checks.map(\.outcome) == [.failed(message: "the interpreter does not start: GLIBC_2.38 not found")])
  }

  @Test("an interpreter of another version, or that looks outside, is named so")
  func wrongInterpreter() async throws {
    let machine = Platform.host?.architecture == .aarch64 ? "aarch64" : "x86_64"
    let answer =
      #"{"version": "3.12.1", "prefix": "/usr", "path": ["/usr/lib/python3"], "machine": "\#(machine)"}"#
    let checks = try await checks("", probe: "echo '\(answer)'", imports: [])
    guard case .failed(let message)? = checks.first?.outcome else {
      Issue.record("it passed")
      return
    }
    #expect(message.contains("the interpreter is Python 3.12.1, not 3.13.5"))
    #expect(message.contains("its prefix is '/usr'"))
    #expect(message.contains("its sys.path leaves the environment: /usr/lib/python3"))
  }

  @Test("imports see a clean environment")
  func cleanEnvironment() async throws {
    let script = """
      if env | grep -qv -e ^PATH= -e ^HOME= -e ^TMPDIR= -e ^LANG= -e ^PWD= -e ^_= -e ^OLDPWD= -e ^SHLVL=
      then echo "ppp-verify $(env | tr '\\n' ' ')"; else echo 'ppp-verify imported'; fi
      """
    let checks = try await checks(script, imports: ["a"])
    #expect(checks.last?.outcome == .ok)
  }

  /// Runs a script as the interpreter; it gets `-c`, the code and the import's name.
  private func checks(
    _ script: String, probe: String? = nil, imports: [String], timeout: Duration = .seconds(300)
  ) async throws -> [Check] {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp vérify ") { directory in
      let root = try realPath(directory)
      let machine = Platform.host?.architecture == .aarch64 ? "aarch64" : "x86_64"
      let answer =
        #"{"version": "3.13.5", "prefix": "\#(root)", "path": ["\#(root)/lib"], "machine": "\#(machine)"}"#
      let text = "#!/bin/sh\nif [ $# = 2 ]; then\n\(probe ?? "echo '\(answer)'")\nexit\nfi\n\(script)\n"
      try makeDirectory(root.appending("bin"))
      let interpreter = root.appending("bin/python3")
      try writeAtomically(Array(text.utf8), to: interpreter, permissions: [.ownerReadWriteExecute])
      let environment = try #require(
        try UnpackedEnvironment(root: root, home: root, platform: Self.platform, emulator: nil))
      let verifier = ImportVerifier(
        environment: environment, python: PythonVersion(3, 13, 5), platform: Self.platform, width: 4,
        timeout: timeout)
      let trials = imports.map { ImportTrial(kind: .import, name: $0, distribution: nil) }
      return try await verifier.checks(of: trials) { _ in }
    }
  }
}
