import Binaries
package import Layers
package import Model
package import SystemPackage

/// Checks bundles: every native file by its headers, and where this machine can run them, by running them.
///
/// ```swift
/// let report = try await Verifier(store: store, cache: cache, scratch: "/tmp", events: events).verify(subject)
/// for problem in report.diagnostics { events(.diagnosed(problem)) }
/// ```
package struct Verifier: Sendable {
  /// Finds an interpreter that runs on this machine without an emulator, if possible of that version.
  package typealias Compiler = @Sendable (PythonVersion) async throws -> FilePath?

  package struct Settings: Sendable {
    /// How many imports run at once.
    package var width: Int
    /// For one import; ten times as much where it is emulated.
    package var importTimeout: Duration
    /// What runs the interpreters of platforms other than the host's.
    package var emulators: [Platform: Emulator]
    /// Whether interpreters are run at all.
    package var runsInterpreters: Bool
    /// What compiles the modules of environments that are emulated; without one, the emulated Python does.
    package var compiler: Compiler?

    package init(
      width: Int, importTimeout: Duration = .seconds(60), emulators: [Platform: Emulator] = [:],
      runsInterpreters: Bool = true, compiler: Compiler? = nil
    ) {
      self.width = width
      self.importTimeout = importTimeout
      self.emulators = emulators
      self.runsInterpreters = runsInterpreters
      self.compiler = compiler
    }
  }

  private let inspector: Inspector
  private let scratch: FilePath
  private let settings: Settings
  private let events: EventSink

  /// Makes a verifier that unpacks bundles in `scratch`, and removes them again.
  ///
  /// There must be room for one bundle's files for each `verify` that runs at the same time.
  package init(
    store: LayerStore, cache: FilePath, scratch: FilePath, settings: Settings, events: @escaping EventSink
  ) {
    inspector = Inspector(store: store, cache: cache, scratch: scratch)
    self.scratch = scratch
    self.settings = settings
    self.events = events
  }

  /// Checks one bundle; what is wrong with it is in the report.
  ///
  /// - Throws: when the checks could not be made: `FileError`, `ProcessError`, `CancellationError`. The error is
  ///   reported as the step's end too.
  package func verify(_ subject: VerificationSubject) async throws -> VerificationReport {
    let step = Step(.verify, subject.cell.description)
    events(.started(step))
    do {
      let report = try await report(on: subject, step)
      events(.finished(step, report.outcome))
      return report
    } catch {
      events(.finished(step, .failed(Diagnostic(error))))
      throw error
    }
  }

  private func report(on subject: VerificationSubject, _ step: Step) async throws -> VerificationReport {
    do {
      let parts = try await inspect(subject)
      let hasInterpreter = EnvironmentLayout(platform: subject.cell.platform)
        .hasInterpreter(among: parts.flatMap(\.inspection.paths))
      guard settings.runsInterpreters, mayRun(subject.cell.platform), hasInterpreter else {
        return finish(subject, run: nil, parts)
      }
      return finish(
        subject, run: try await unpack(subject) { try await runImports(subject, at: $0, step) }, parts)
    } catch let error as LayersError {
      let check = Check(.interpreter, "bundle", .failed(message: error.description))
      return finish(subject, run: [check], [])
    }
  }

  /// A layer, or all of a bundle, with the distribution that its files belong to.
  private struct Part: Sendable {
    let owner: String?
    let inspection: Inspection
  }

  /// By its layers where they are all in the store, else by its file.
  private func inspect(_ subject: VerificationSubject) async throws -> [Part] {
    guard !subject.layers.isEmpty, subject.layers.allSatisfy({ inspector.canInspect($0.layer) }) else {
      return [Part(owner: nil, inspection: try await inspector.inspect(bundle: subject.bundle))]
    }
    return try await subject.layers.concurrentMap(width: settings.width) { layer in
      Part(owner: layer.name, inspection: try await inspector.inspect(layer.layer))
    }
  }

  private func mayRun(_ platform: Platform) -> Bool {
    platform == Platform.host || settings.emulators[platform] != nil
  }

  /// How the interpreter of an unpacked environment is started on this machine; nil when it can't be.
  package func interpreter(
    of root: FilePath, on platform: Platform
  ) throws -> (executable: FilePath, arguments: [String])? {
    try UnpackedEnvironment(
      root: root, home: root, platform: platform, emulator: settings.emulators[platform])?.start
  }

  private static let environmentName = "environment"

  /// Unpacks the bundle where many programs stumble: under a path with a space and a letter beyond ASCII.
  private func unpack<Value: Sendable>(
    _ subject: VerificationSubject, _ body: (FilePath) async throws -> Value
  ) async throws -> Value {
    try await withTemporaryDirectory(in: scratch, prefix: "ppp v\u{E9}rify ") { directory in
      let root = directory.appending(Self.environmentName)
      try await blocking { cancellation in
        try makeDirectory(root)
        try makeDirectory(directory.appending("home"))
        try unpackBundle(at: subject.bundle, into: root, cancellation: cancellation)
      }
      return try await body(directory)
    }
  }

  /// Nil when nothing on this machine can start the interpreter.
  private func runImports(
    _ subject: VerificationSubject, at directory: FilePath, _ step: Step
  ) async throws -> [Check]? {
    let platform = subject.cell.platform
    let real = try realPath(directory)
    let environment = try UnpackedEnvironment(
      root: real.appending(Self.environmentName), home: real.appending("home"), platform: platform,
      emulator: settings.emulators[platform])
    guard let environment else { return nil }
    let timeout = platform == Platform.host ? settings.importTimeout : settings.importTimeout * 10
    if platform != Platform.host, let compiler = settings.compiler {
      try await Precompilation(
        compiler: compiler, python: subject.python, width: settings.width, timeout: timeout
      ).run(in: environment.root.appending("lib"), home: environment.home)
    }
    let trials = ImportVerifier.trials(subject.distributions)
    let verifier = ImportVerifier(
      environment: environment, python: subject.python, platform: platform, width: settings.width,
      timeout: timeout)
    return try await verifier.checks(of: trials) { done in
      events(.progressed(step, completed: Int64(done), total: Int64(trials.count)))
    }
  }

  private func finish(_ subject: VerificationSubject, run: [Check]?, _ parts: [Part]) -> VerificationReport {
    let whole = Inspection(
      paths: parts.flatMap(\.inspection.paths), nativeFiles: parts.flatMap(\.inspection.nativeFiles))
    let rules = NativeFileRules(
      platform: subject.cell.platform, floor: subject.floor, python: subject.python, inspection: whole)
    let files = parts.flatMap { part in
      part.inspection.nativeFiles.sorted { $0.path < $1.path }
        .flatMap { rules.checks(of: $0, distribution: part.owner) }
    }
    return VerificationReport(
      cell: subject.cell, didRun: run != nil, checks: (run ?? []) + files, allowances: subject.allowances)
  }
}

extension VerificationReport {
  /// How the step that made the report ended.
  fileprivate var outcome: Outcome {
    guard let first = diagnostics.first(where: { $0.severity == .error }) else { return .done(summary) }
    let others = failures.count - 1
    let more = others == 0 ? "" : " (and \(others) more)"
    return .failed(Diagnostic(.error, first.message + more, hint: first.hint))
  }
}
