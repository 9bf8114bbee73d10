import ConfigMerge
import Model
import Processes
import SystemPackage
import Toolchains
import Wheels

/// Calls a package's build backend: confined, in its own environment, under a time and an output limit, with a log.
struct HookRun {
  /// A wheel, and what was noted while it was made.
  struct Made {
    let wheel: FilePath
    let wanted: [String]
    let failed: [String]
    let log: String
  }

  /// How many bytes a build may print.
  static let outputLimit = 32 << 20

  let job: SourceJob
  let tree: SourceTree
  let environment: BuildEnvironment
  let toolchain: Toolchain
  let confinement: Confinement

  /// Installs what is required, asks the backend what else it wants, and has it build.
  func wheel() async throws -> Made {
    let requirements = BuildRequirements(
      bench: job.bench, recipe: job.build.recipe, lock: job.build.lock, package: job.package.name)
    var held: [String] = []
    func install(_ texts: [String], as name: String) async throws {
      guard !texts.isEmpty else { return }
      let place = environment.scratch.appending(name)
      let lock = try await requirements.resolve(
        texts, keeping: held, interpreter: environment.interpreter, uv: environment.uv,
        variables: environment.fetching,
        in: place)
      try await environment.install(lock)
    }
    let stated = job.settings.requires ?? tree.system.requires
    var present: Set<PackageName> = []
    if let locked = job.build.lockedBuild, locked.requires == stated {
      if !locked.packages.isEmpty {
        let place = environment.scratch.appending("pylock.toml")
        try writeAtomically(locked.installable(python: job.build.lock.python).utf8, to: place)
        try await environment.install(place)
      }
      present = Set(locked.packages.map(\.name))
      held = locked.packages.compactMap { package in package.version.map { "\(package.name)==\($0)" } }
    } else {
      try await install(stated, as: "requires")
    }
    let asked = try await call(.requires, with: toolchain).answer.requires ?? []
    let more = asked.filter { text in
      // What is no requirement is uv's to complain about.
      let name = (try? Requirement(parsing: text))?.name
      return !stated.contains(text) && !(name.map(present.contains) ?? false)
    }
    if !more.isEmpty { try await install(stated + more, as: "requires-more") }
    let (answer, log) = try await call(.build, with: completedToolchain())
    guard let name = answer.wheel, !name.contains("/"), name.hasSuffix(".whl"),
      FileStatus(of: output.appending(name))?.kind == .file
    else { throw SourceBuildError.noWheel(job.package.name, log: job.logName) }
    return Made(
      wheel: output.appending(name), wanted: answer.wanted ?? [], failed: answer.failed ?? [], log: log)
  }

  /// What is required before the backend is asked: the source's word, unless a rule or a recipe has another.
  private var stated: [String] { job.settings.requires ?? tree.system.requires }

  private var output: FilePath { environment.scratch.appending("out") }

  /// The toolchain together with what the installed requirements have for the platform that is compiled for.
  private func completedToolchain() async throws -> Toolchain {
    guard toolchain.isCross else { return toolchain }
    let installed = try InstalledRequirement.all(in: environment.sitePackages(job.build.lock.python))
    try await TargetHeaders(job: job, environment: environment).replace(installed)
    let programs = try listDirectory(environment.root.appending("bin")).filter { $0.hasSuffix("-config") }
    return try toolchain.asking(
      programs.map { environment.root.appending("bin").appending($0) },
      in: environment.scratch.appending("cross"))
  }

  private func call(
    _ action: BackendHook.Action, with toolchain: Toolchain
  ) async throws -> (answer: BackendHook.Answer, log: String) {
    let scratch = environment.scratch
    var settings = job.settings.backendByKey
    for (key, values) in toolchain.settings[tree.system.backend] ?? [:] {
      settings[key, default: []] += values
    }
    let hook = BackendHook(
      action: action, backend: tree.system.backend, backendPath: tree.system.backendPath, settings: settings,
      output: output.string, answer: scratch.appending("\(action.rawValue)-answer.json").string)
    let arguments = try hook.prepare(in: scratch)
    let isParallel = action == .build && tree.system.isParallel(requiring: stated)
    let result = try await job.bench.processors.withSlots(atMost: isParallel ? .max : 1) { jobs in
      try await run(command(arguments, toolchain, jobs: jobs))
    }
    try keepLog(result, of: action)
    guard result.succeeded else { throw failure(result) }
    return (try hook.readAnswer(), result.text)
  }

  private func command(_ arguments: [String], _ toolchain: Toolchain, jobs: Int) -> Command {
    let variables = environment.variables(
      toolchain, searchPath: job.bench.variables["PATH"], epoch: job.bench.epoch, jobs: jobs,
      own: job.settings.environment)
    let command = Command(
      environment.python, arguments, environment: variables, workingDirectory: tree.root,
      timeout: .seconds(job.settings.timeout), outputLimit: Self.outputLimit, overflow: .end)
    return confinement.confining(command, writable: [environment.scratch] + toolchain.writable)
  }

  private func failure(_ result: ProcessResult) -> SourceBuildError {
    let failure = BuildFailure(log: result.output)
    let ending = SourceBuildError.Ending(result, timeout: job.settings.timeout)
    return .failed(
      job.package.name, version: job.package.version, ending: ending, log: job.logName,
      text: ending == .failed ? failure.text : failure.tail, advice: ending == .failed ? failure.advice : nil)
  }

  /// Adds what was said to the build's log, which the first call begins.
  private func keepLog(_ result: ProcessResult, of action: BackendHook.Action) throws {
    let isolation =
      switch confinement.strength {
      case .full: "no network, the file system read-only but for its own directory"
      case .noNetwork: "no network"
      case .none: "neither network nor files are kept from it: this machine permits no namespaces"
      }
    let title =
      "== \(job.package.name) \(job.package.version ?? ""): \(action.rawValue) with \(tree.system.backend), \(toolchain.identity); \(isolation)\n"
    try job.writeLog(title, result.output + result.errorOutput, beginning: action == .requires)
  }
}

extension HookRun.Made {
  /// Refuses a wheel whose extension modules were given up: packages with optional ones go on without a word.
  func checkExtensions(of wheel: WheelFileName, package: PackageName, log name: String) throws {
    let isPure = wheel.tags.allSatisfy { $0.platform == "any" }
    let lines = log.split(whereSeparator: \.isNewline)
    let optional = lines.compactMap { line -> String? in
      line.firstMatch(of: #/building extension ["']([^"']+)["'] failed/#).map { String($0.1) }
    }
    let missing = Set(isPure ? wanted + failed : failed + optional).sorted()
    guard !missing.isEmpty else { return }
    throw SourceBuildError.extensionsMissing(
      package, wheel: wheel.text, names: missing, log: name, cause: BuildFailure(log: Array(log.utf8)).cause)
  }
}
