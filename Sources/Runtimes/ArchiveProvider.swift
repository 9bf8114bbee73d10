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
    let scheme = RuntimeScheme(python: spec.python, platform: spec.platform)
    try await blocking { cancellation in
      for artifact in artifacts {
        try ArchivedTree(tree: tree, scheme: scheme).unpack(
          artifact, name: pin.files.first?.name ?? "", cancellation)
      }
      try Stripping(scheme: scheme, keep: spec.keep).apply(to: tree)
      // Many archives are repacked python-build-standalone releases.
      let paths = BuildPaths.standalone
      try BuildPaths(
        tree: tree, scheme: scheme, installPrefix: paths.prefix, isShared: false,
        buildDirectories: paths.builds
      ).apply()
    }
  }
}
