import Artifacts
import ConfigMerge
import Model
import Modules
import SystemPackage

/// What a package is built from: a file, or the files of a repository's commit.
struct BuildInput: Sendable {
  /// The file's name; of a commit, what a requirement on it would be.
  let name: String
  /// What of it decides the wheel.
  let identity: String
  /// The folder in it where the package is.
  let subdirectory: String?
  /// Gets it, once.
  let artifact: @Sendable () async throws -> StoredArtifact

  /// Nil for a package that is not built.
  init?(_ package: LockedPackage, recipe: Recipe, fetcher: Fetcher, variables: [String: String]) {
    guard package.needsBuild else { return nil }
    switch package.source {
    case .wheel: return nil
    case .sourceDistribution(let file): self.init(file, nil, fetcher)
    case .archive(let file, let subdirectory): self.init(file, subdirectory, fetcher)
    case .revision(let revision): self.init(revision, recipe, fetcher, variables)
    }
  }

  private init(
    _ revision: LockedRevision, _ recipe: Recipe, _ fetcher: Fetcher, _ variables: [String: String]
  ) {
    // The lock has no credentials; the requirement may.
    let addresses = recipe.dependencies.compactMap { $0.value.repositoryURL }
    let address = addresses.first { redacting($0) == revision.url } ?? revision.url
    name = revision.address
    identity = "commit \(revision.commit)"
    subdirectory = revision.subdirectory
    artifact = {
      try await CommitArchive(url: address, commit: revision.commit, shownAs: revision.address)
        .artifact(fetcher, variables: variables)
    }
  }

  private init(_ file: LockedFile, _ subdirectory: String?, _ fetcher: Fetcher) {
    name = file.name
    identity = file.digest.hex
    self.subdirectory = subdirectory
    artifact = { try await fetcher.artifact(file.remoteFile) }
  }
}

extension LockedRevision {
  /// As requirements write it: `git+https://host/x@<commit>`.
  var address: String { "\(kind)+\(url)@\(commit)" }
}
