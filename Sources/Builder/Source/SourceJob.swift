import Artifacts
import Catalogue
import ConfigMerge
import Model
import Processes
import SystemPackage
import Toolchains
import Tools
import WheelRepair
import Wheels

/// One build of one source for one platform, from fetching it to the repaired wheel in the store.
struct SourceJob: Sendable {
  let build: SourceBuild
  let input: BuildInput
  let settings: BuildSettings
  let host: Platform

  var bench: Workbench { build.bench }
  var package: LockedPackage { build.package }
  private var name: PackageName { package.name }

  /// Whether the source has nothing that a compiler has to see, so that one build may serve all platforms.
  func mayBePure() async throws -> Bool {
    guard !bench.refusesBuilds else { throw SourceBuildError.refused(name, version: package.version) }
    guard settings.additions.isEmpty else { return false }
    let artifact = try await input.artifact()
    return try await withTemporaryDirectory(in: bench.cache.appending("builds")) { scratch in
      try await !SourceTree.unpack(artifact, of: package, input.subdirectory, in: scratch).compiles
    }
  }

  /// Builds for a platform: with zig after this machine's compiler has made code that is too new for the floor.
  func run(for platform: Platform) async throws -> BuiltWheel {
    try checkMachine()
    guard let interpreter = try await bench.hostInterpreter.interpreter(for: build.lock.python) else {
      throw SourceBuildError.noInterpreter(name, build.lock.python)
    }
    let floor = build.lock.floor
    let toolchains = try await bench.toolchains(for: platform, floor: floor)
    guard let toolchain = toolchains.first else { throw SourceBuildError.noHost }
    do {
      return try await run(with: toolchain, interpreter)
    } catch let error as RepairError where !toolchain.isZig {
      guard case .tooNew = error, settings.systemRequires.isEmpty else { throw error }
      let message = "\(error.description); '\(name)' is compiled again with zig, at that floor"
      bench.events(.diagnosed(Diagnostic(.warning, message)))
      return try await run(with: try await bench.zig(for: platform, floor: floor), interpreter)
    }
  }

  private func checkMachine() throws {
    let missing = settings.systemRequires.map { SystemRequirement(text: $0) }
      .filter { !$0.isMet(searchPath: bench.variables["PATH"]) }
    guard missing.isEmpty else {
      throw SourceBuildError.systemMissing(
        name, names: missing.map(\.text), packages: Set(missing.compactMap(\.package)).sorted())
    }
  }

  private func run(with toolchain: Toolchain, _ interpreter: FilePath) async throws -> BuiltWheel {
    let artifact = try await input.artifact()
    let uv = try await bench.toolbox.uv()
    return try await withTemporaryDirectory(in: bench.cache.appending("builds")) { scratch in
      let scratch = try realPath(scratch)
      let tree = try await completed(
        try await SourceTree.unpack(artifact, of: package, input.subdirectory, in: scratch))
      let (toolchain, rust) = try await prepared(toolchain, for: tree, interpreter, in: scratch)
      let environment = BuildEnvironment(
        scratch: scratch, uv: uv, interpreter: interpreter, fetching: try fetching(in: scratch))
      let run = HookRun(
        job: self, tree: tree, environment: environment, toolchain: toolchain,
        confinement: try await .strongest(searchPath: bench.variables["PATH"]))
      try await environment.make()
      let answer = try await run.wheel()
      var wheel = try await finished(answer, run, in: scratch)
      wheel.rust = rust?.identity
      wheel.sourceDigest = artifact.digest
      return wheel
    }
  }

  /// The toolchain with what this source needs of it: a Python that answers for the other platform, a Rust and crates.
  ///
  /// Refused, before anything else is fetched, is what is known not to do.
  private func prepared(
    _ toolchain: Toolchain, for tree: SourceTree, _ interpreter: FilePath, in scratch: FilePath
  ) async throws -> (Toolchain, Rust?) {
    let cross = CrossSource(bench: bench, recipe: build.recipe, lock: build.lock)
    if toolchain.isCross, let reason = try cross.objection(to: tree) {
      throw SourceBuildError.notCrossBuilt(name, platform: toolchain.platform, reason: reason)
    }
    let rust = tree.isRust ? try await RustSource(self, tree) : nil
    var toolchain = try await rust?.linking(toolchain) ?? toolchain
    var python: CrossPython?
    if toolchain.isCross {
      let other = try await otherPython(cross, interpreter, in: scratch)
      let floor = build.lock.floor ?? .standard(for: toolchain.platform)
      toolchain = try toolchain.crossing(to: other, floor: floor, in: scratch.appending("cross"))
      python = other
    } else if toolchain.isZig {
      toolchain = try await findingConfiguration(
        toolchain, of: interpreter, in: scratch.appending("configuration"))
    }
    return (try await rust?.equipping(toolchain, python, in: scratch) ?? toolchain, rust?.rust)
  }

  /// The other platform's Python, with its headers.
  private func otherPython(
    _ cross: CrossSource, _ interpreter: FilePath, in scratch: FilePath
  ) async throws -> CrossPython {
    do {
      return try await cross.python(interpreter: interpreter, in: scratch)
    } catch let lack as CrossSource.Lack {
      throw SourceBuildError.notCrossBuilt(name, platform: build.lock.platform, reason: lack.reason)
    }
  }

  /// Checks what was made, repairs it, puts it to the recipe's test, and puts it into the store.
  private func finished(
    _ answer: HookRun.Made, _ run: HookRun, in scratch: FilePath
  ) async throws -> BuiltWheel {
    let toolchain = run.toolchain
    let fileName = try WheelFileName(parsing: answer.wheel.lastComponent?.string ?? "")
    try build.checkIdentity(of: fileName)
    try build.checkPlatform(of: fileName, toolchain.platform)
    let made = try await bench.artifacts.add(fileAt: answer.wheel)
    try answer.checkExtensions(of: fileName, package: name, log: logName)
    let strip = toolchain.isCross ? nil : findExecutable("strip", in: bench.variables["PATH"])
    let repair = WheelRepair(
      platform: toolchain.platform, floor: build.lock.floor, libraries: toolchain.isCross ? .none : .standard,
      strip: strip, place: scratch, patchelf: bench.toolbox.patchelf)
    let repaired = try await repair.repair(made, named: fileName, in: scratch.appending("repaired"))
    try build.checkTags(of: WheelFileName(parsing: repaired.fileName), toolchain.platform)
    let isPure = try WheelFileName(parsing: repaired.fileName).tags.contains { $0.platform == "any" }
    var wheel = BuiltWheel(
      fileName: repaired.fileName, artifact: try await bench.artifacts.add(fileAt: repaired.path),
      toolchain: isPure ? nil : toolchain.identity)
    if let served = settings.recipe {
      wheel.recipe = BuildRecipeRecord(reference: served.reference, digest: served.digest)
      wheel.isTested = try await WheelTest(
        job: self, recipe: served.recipe, environment: run.environment, confinement: run.confinement,
        platform: isPure ? host : toolchain.platform
      ).run(repaired.path)
    }
    return wheel
  }

  func apply(_ patch: FilePath, to tree: FilePath) async throws {
    guard let program = findExecutable("patch", in: bench.variables["PATH"]) else {
      throw SourceBuildError.systemMissing(name, names: ["patch"], packages: ["patch"])
    }
    let command = Command(
      program, ["-p1", "--batch", "--forward", "--no-backup-if-mismatch", "-r", "-"],
      environment: ["PATH": "/usr/bin:/bin"],
      workingDirectory: tree, input: try readFile(patch), timeout: .seconds(60), overflow: .keepEnds)
    let result = try await Processes.run(command)
    guard result.succeeded else {
      throw SourceBuildError.patchRefused(
        name, patch.string, output: (result.text + result.errorText).trimmedLines(last: 12))
    }
  }

  /// What uv sees: how to reach the indexes, with a private file of their credentials.
  private func fetching(in scratch: FilePath) throws -> [String: String] {
    var netrc: FilePath?
    let text = bench.fetcher.settings.credentials.netrc(for: build.recipe.registries.inOrder)
    if !text.isEmpty {
      let path = scratch.appending("netrc")
      try writeAtomically(Array(text.utf8), to: path, permissions: [.ownerReadWrite])
      netrc = path
    }
    var variables = UVEnvironment.variables(
      from: bench.variables, target: nil, netrc: netrc, usesTools: false)
    variables["HOME"] = scratch.appending("home").string
    variables["PATH"] = bench.variables["PATH"]
    variables["UV_CACHE_DIR"] = bench.cache.appending("uv").string
    return variables
  }
}

extension String {
  func trimmedLines(last count: Int) -> String {
    split(whereSeparator: \.isNewline).suffix(count).joined(separator: "\n")
  }
}
