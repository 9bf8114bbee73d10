import Artifacts
import Model
import Processes
import SystemPackage

extension ResolverTools {
  /// How a run of uv ended.
  enum CompileOutcome {
    /// The lock it wrote.
    case resolved(String)
    /// What it says for people; nothing is decided by it.
    case failed(String)
  }

  /// How long uv may take, which includes waiting for indexes.
  private static let timeout = Duration.seconds(600)

  /// Runs uv with a stub interpreter, and where that fails and something is to be taken from source, with a real one.
  ///
  /// `secrets` are the URLs as configured, whose credentials uv gets in a file of its own.
  func compile(_ compile: UVCompile, secrets: [String], usesGit: Bool = false) async throws -> CompileOutcome
  {
    let stub = try await StubInterpreter(python: compile.python).make(in: cache)
    let outcome = try await run(compile, interpreter: stub, secrets: secrets, usesTools: usesGit)
    guard case .failed = outcome, !compile.sources.isEmpty else { return outcome }
    guard let interpreter = try await interpreter(compile.python) else { return outcome }
    return try await run(compile, interpreter: interpreter, secrets: secrets, usesTools: true)
  }

  private func run(
    _ compile: UVCompile, interpreter: FilePath, secrets: [String], usesTools: Bool
  ) async throws -> CompileOutcome {
    let uv = try await uv()
    return try await withTemporaryDirectory(in: cache.appending("tmp"), prefix: "uv-") { directory in
      for file in compile.files {
        let path = directory.appending(file.name)
        try makeDirectory(path.removingLastComponent())
        try writeAtomically(Array(file.text.utf8), to: path)
      }
      let netrc = try writeNetrc(for: secrets, in: directory)
      let variables = UVEnvironment.variables(
        from: environment, target: compile.target, netrc: netrc, usesTools: usesTools)
      let result = try await Processes.run(
        Command(
          uv, compile.arguments(interpreter: interpreter, cache: cache.appending("uv")),
          environment: variables,
          workingDirectory: directory, timeout: Self.timeout, overflow: .keepEnds))
      guard result.succeeded else {
        return .failed(result.timedOut ? "it took longer than \(Self.timeout)" : result.tail(lines: 60))
      }
      let output = try readFile(directory.appending(UVCompile.output))
      return .resolved(String(decoding: output, as: UTF8.self))
    }
  }

  /// A private file with the credentials of these servers; nil when there are none.
  private func writeNetrc(for urls: [String], in directory: FilePath) throws -> FilePath? {
    let text = fetcher.settings.credentials.netrc(for: urls)
    guard !text.isEmpty else { return nil }
    let path = directory.appending("netrc")
    try writeAtomically(Array(text.utf8), to: path, permissions: [.ownerReadWrite])
    return path
  }
}
