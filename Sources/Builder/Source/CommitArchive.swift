import Artifacts
import Model
import Modules
import SystemPackage

/// The files of a repository's commit, as an archive in the store.
///
/// Which archive that is, is kept in `<cache>/built/commits`, so that a repository is asked once for a commit.
struct CommitArchive {
  /// As git takes it; it may have a password in it.
  let url: String
  let commit: String
  let shownAs: String

  /// - Throws: `SourceError` where git can't get it.
  func artifact(_ fetcher: Fetcher, variables: [String: String]) async throws -> StoredArtifact {
    let store = fetcher.store
    let note = BuiltWheels.directory(of: store).appending("commits")
      .appending(Digest.sha256(of: Array("\(redacting(url))\n\(commit)".utf8)).hex)
    if let digest = noted(at: note), let known = try await store.find(digest) { return known }
    let isOffline = fetcher.settings.offline
    guard let git = Git.find(in: variables, isOffline: isOffline) else {
      throw SourceError.noGit(url: redacting(url))
    }
    guard !isOffline else { throw SourceError.offline(shownAs) }
    return try await withTemporaryDirectory(in: store.cache.appending("tmp"), prefix: "git-") { directory in
      let file = directory.appending("source.tar")
      try await GitRepository(git: git, url: url)
        .archive(commit: commit, to: file, in: directory.appending("repository"))
      let artifact = try await store.add(fileAt: file)
      try makeDirectory(note.removingLastComponent())
      try writeAtomically(Array(artifact.digest.hex.utf8), to: note)
      return artifact
    }
  }

  /// Nil without a note, or with one that can't be read: then the repository is asked.
  private func noted(at path: FilePath) -> Digest? {
    guard let bytes = try? readFile(path) else { return nil }
    return try? Digest(parsing: String(decoding: bytes, as: UTF8.self))
  }
}
