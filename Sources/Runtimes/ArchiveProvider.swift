import Artifacts
import Model
import SystemPackage

/// An interpreter from an archive that the configuration names by URL and SHA-256.
struct ArchiveProvider: RuntimeProvider {
  let fetcher: Fetcher

  func pin(_ spec: RuntimeSpec) async throws -> RuntimePin {
    guard let url = spec.url else { throw RuntimesError.missingSetting(.archive, key: "url") }
    guard let digest = spec.sha256 else { throw RuntimesError.missingSetting(.archive, key: "sha256") }
    let remote = RemoteFile(urls: [url], digest: digest)
    let artifact = try await fetcher.artifact(remote)
    let file = PinnedFile(name: remote.name, urls: [redacting(url)], digest: digest, size: artifact.size)
    return RuntimePin(provider: .archive, version: spec.python, files: [file])
  }

  /// The configured URL first: it may carry a user name that a lock does not.
  func places(of file: PinnedFile, spec: RuntimeSpec) -> [String] {
    guard let url = spec.url, file.urls.contains(redacting(url)), !file.urls.contains(url) else {
      return file.urls
    }
    return [url] + file.urls
  }

  func assemble(
    _ pin: RuntimePin, spec: RuntimeSpec, from artifacts: [StoredArtifact], in tree: RuntimeTree,
    scratch: FilePath
  ) async throws {
    // Many archives are repacked python-build-standalone releases.
    try await ArchivedTree(tree: tree, spec: spec).assemble(artifacts, name: pin.files.first?.name ?? "")
  }
}
