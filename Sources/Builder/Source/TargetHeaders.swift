import Artifacts
import Layers
import Model
import SystemPackage

/// Has a build environment's packages offer the headers and libraries of the platform that is compiled for.
///
/// Their Python code stays this machine's, which runs it: `numpy.get_include()` names the same folder, in which the
/// other platform's headers are.
struct TargetHeaders {
  let job: SourceJob
  let environment: BuildEnvironment

  /// Replaces what compilers and linkers read of each package that others are compiled against.
  ///
  /// - Throws: `SourceBuildError.headersMissing` for one that has no wheel for the platform, and what fetching throws.
  func replace(_ installed: [InstalledRequirement]) async throws {
    let python = job.build.lock.python
    for requirement in installed where requirement.isCompiledAgainst {
      let file = try await wheel(of: requirement)
      let artifact = try await job.bench.fetcher.artifact(file.remoteFile)
      try await blocking { cancellation in
        for file in requirement.files where CompileTimeFile.isOne(file) {
          // A package may list what is not its own.
          let path = environment.sitePackages(python).pushing(FilePath(file)).lexicallyNormalized()
          // Not written over: uv's cache may have the same file under another name.
          if path.starts(with: environment.root) { try removeTree(path) }
        }
        try copy(artifact, of: requirement.name, cancellation)
      }
      try job.writeLog("== \(requirement.name): headers and libraries are those of \(file.name)\n", [])
    }
  }

  /// The package's wheel for the platform: the locked one, else the index's of the same version.
  private func wheel(of requirement: InstalledRequirement) async throws -> LockedFile {
    let build = job.build
    let version = PackageVersion(requirement.version)
    let locked = build.lockedBuild?.targets.first {
      $0.name == requirement.name && $0.version.flatMap { PackageVersion($0) } == version
    }
    if let file = locked?.file { return file }
    let target = TargetWheels(
      recipe: build.recipe, excludeNewer: build.lock.excludeNewer, fetcher: job.bench.fetcher)
    if let file = try await target.wheel(of: requirement.name, version: requirement.version)?.file {
      return file
    }
    throw SourceBuildError.headersMissing(
      build.package.name, platform: build.lock.platform, of: requirement.name,
      sentence: try await target.sentence(on: requirement.name, version: requirement.version))
  }

  private func copy(_ wheel: StoredArtifact, of name: PackageName, _ cancellation: Cancellation) throws {
    let reader = try ArchiveReader(wheel)
    while let entry = try reader.next() {
      try cancellation.check()
      guard entry.kind == .file, let path = try entry.relativePath(), CompileTimeFile.isOne(path),
        let place = place(of: path, name)
      else { continue }
      try makeDirectory(place.removingLastComponent())
      try removeTree(place)
      try writeAtomically(try reader.readAll(limit: Self.longest), to: place)
    }
  }

  /// The longest file that is taken, in bytes.
  private static let longest = 512 << 20

  /// Where a wheel's file is installed (PEP 427, "the .data directory"); nil for scripts.
  private func place(of path: String, _ name: PackageName) -> FilePath? {
    let python = job.build.lock.python
    let parts = path.split(separator: "/")
    guard parts.count > 2, parts[0].hasSuffix(".data") else {
      return environment.sitePackages(python).pushing(FilePath(path))
    }
    let rest = FilePath(parts.dropFirst(2).joined(separator: "/"))
    switch parts[1] {
    case "purelib", "platlib": return environment.sitePackages(python).pushing(rest)
    case "headers":
      return environment.root.pushing(FilePath("include/site/python\(python.minorVersion)/\(name)"))
        .pushing(rest)
    case "data": return environment.root.pushing(rest)
    default: return nil
    }
  }
}
