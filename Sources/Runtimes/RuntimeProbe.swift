package import Model
package import Processes
package import SystemPackage

/// Starts an interpreter, to see whether it is what it should be.
package struct RuntimeProbe: Sendable {
  /// What came of it.
  package enum Outcome: Sendable, Hashable {
    case works
    /// It is for another kind of machine, and there is no emulator for it; the text says so.
    case notPossible(String)
  }

  /// The modules that must import: those that native libraries are needed for.
  static let modules = ["ssl", "sqlite3", "ctypes", "lzma", "bz2", "zlib"]

  private let host: Platform?
  /// The value of PATH, to look for an emulator.
  private let searchPath: String?

  package init(host: Platform? = Platform.host, searchPath: String?) {
    self.host = host
    self.searchPath = searchPath
  }

  /// Runs the interpreter at `prefix`: it must have this version and import what needs native libraries.
  ///
  /// - Throws: `RuntimesError.wrongVersion`, `.probeFailed`.
  package func check(_ prefix: FilePath, python: PythonVersion, platform: Platform) async throws -> Outcome {
    let code =
      "import platform; print(platform.python_version()); import \(Self.modules.joined(separator: ", "))"
    guard let command = command(prefix, python: python, platform: platform, ["-I", "-B", "-c", code]) else {
      return .notPossible("\(platform) does not run here")
    }
    let result: ProcessResult
    do {
      result = try await run(command)
    } catch let error as ProcessError {
      throw RuntimesError.probeFailed(python, platform, reason: error.description)
    }
    let version = result.text.split(whereSeparator: \.isNewline).first.map { String($0) }
    if let version, version != python.description {
      throw RuntimesError.wrongVersion(expected: python, found: version)
    }
    guard result.succeeded, version != nil else {
      let reason = result.timedOut ? "it did not end in time" : result.tail(lines: 3)
      throw RuntimesError.probeFailed(python, platform, reason: reason.isEmpty ? "\(result.status)" : reason)
    }
    return .works
  }

  /// How to start the interpreter here, natively or emulated; nil when it cannot be.
  ///
  /// Emulated are only those that bring their C library: the others would need a system of their kind.
  package func command(
    _ prefix: FilePath, python: PythonVersion, platform: Platform, _ arguments: [String]
  ) -> Command? {
    let scheme = RuntimeScheme(python: python, platform: platform)
    let environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"]
    if platform == host {
      let program = prefix.appending(scheme.executable)
      return Command(program, arguments, environment: environment, timeout: .seconds(60))
    }
    guard host?.operatingSystem == .linux, let architecture = DebianArchitecture(platform),
      RuntimeTree(root: prefix).exists(BundledLibc.realExecutable(scheme)),
      let emulator = findExecutable(
        "qemu-\(platform.architecture == .x64 ? "x86_64" : "aarch64")-static", in: searchPath)
    else { return nil }
    let start = BundledLibc.arguments(
      loader: architecture.loader, prefix: prefix.string, scheme: scheme, arguments)
    return Command(emulator, start, environment: environment, timeout: .seconds(300))
  }
}
