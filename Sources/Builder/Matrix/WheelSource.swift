import Artifacts
import Catalogue
import ConfigMerge
import Model
import Wheels

/// A wheel that is known by its digest; its bytes are fetched only when somebody needs them.
struct LocatedWheel: Sendable {
  let digest: Digest
  let fileName: WheelFileName
  /// Of a wheel that was built here, what it was built from.
  var sourceDigest: Digest?
  /// The recipe that it was built by.
  var recipe: BuildRecipeRecord?
  /// What its native code was compiled with on this machine, in the words of the build key.
  var compilers: [String] = []
  let artifact: @Sendable () async throws -> StoredArtifact
}

/// Where a cell's packages come from: files of an index, or wheels that are built here first.
struct WheelSource: Sendable {
  let bench: Workbench
  let recipe: Recipe
  let lock: Lock

  func wheel(for package: LockedPackage) async throws -> LocatedWheel {
    switch package.source {
    case .wheel(let file): return try located(file)
    case .archive(let file, _) where !package.needsBuild: return try located(file)
    case .sourceDistribution, .archive, .revision:
      return try await SourceBuild(bench: bench, recipe: recipe, lock: lock, package: package).wheel()
    }
  }

  private func located(_ file: LockedFile) throws -> LocatedWheel {
    LocatedWheel(digest: file.digest, fileName: try WheelFileName(parsing: file.name)) {
      try await bench.fetcher.artifact(file.remoteFile)
    }
  }
}
