import Artifacts
import FoundationEssentials
import Model
import Processes
import SystemPackage
import Tools

/// Interpreters of the python-build-standalone project (https://github.com/astral-sh/python-build-standalone).
struct StandaloneProvider: RuntimeProvider {
  let fetcher: Fetcher
  let toolbox: Toolbox
  /// The value of `PPP_PYTHON_MIRROR`.
  let mirrorOverride: String?

  static let standardMirror = "https://github.com/astral-sh/python-build-standalone/releases/download"

  /// Takes the file's digest from the release's `SHA256SUMS`.
  func pin(_ spec: RuntimeSpec) async throws -> RuntimePin {
    let mirror = mirror(of: spec)
    let release: String
    if let configured = spec.release {
      release = configured
    } else {
      release = try await newestRelease(for: spec)
    }
    let list = "\(mirror.nearest)/\(release)/SHA256SUMS"
    let document = try await fetcher.document(list)
    let sums = try ChecksumList(text: String(decoding: document.bytes, as: UTF8.self), url: redacting(list))
    let names = StandaloneAsset.names(python: spec.python, release: release, platform: spec.platform)
    guard let name = names.first(where: { sums.digests[$0] != nil }), let digest = sums.digests[name] else {
      throw RuntimesError.assetMissing(
        names[0], url: redacting(list), available: sums.pythons(for: spec.platform))
    }
    let url = "\(mirror.address)/\(release)/\(StandaloneAsset.escaped(name))"
    var file = PinnedFile(name: name, urls: [url], digest: digest, size: nil)
    let artifact = try await fetcher.artifact(
      RemoteFile(urls: places(of: file, spec: spec), digest: digest, name: name))
    file.size = artifact.size
    file.urls = [redacting(url)]
    return RuntimePin(
      provider: .pythonBuildStandalone, version: spec.python, attributes: ["release": release], files: [file])
  }

  func places(of file: PinnedFile, spec: RuntimeSpec) -> [String] { mirror(of: spec).places(of: file.urls) }

  func assemble(
    _ pin: RuntimePin, spec: RuntimeSpec, from artifacts: [StoredArtifact], in tree: RuntimeTree,
    scratch: FilePath
  ) async throws {
    try await ArchivedTree(tree: tree, spec: spec).assemble(artifacts, name: pin.files.first?.name ?? "")
  }

  private func mirror(of spec: RuntimeSpec) -> Mirror {
    Mirror(configured: spec.mirror, standard: Self.standardMirror, override: mirrorOverride)
  }
}

extension StandaloneProvider {
  private struct KnownDownload: Decodable {
    let version: String
    let url: String?
  }

  /// Asks uv, which has a list of all releases built in, for the newest one that has the Python.
  private func newestRelease(for spec: RuntimeSpec) async throws -> String {
    let command = Command(
      try await toolbox.uv(),
      [
        "python", "list", "--offline", "--no-config", "--all-versions", "--all-platforms", "--all-arches",
        "--only-downloads", "--no-cache",
        "--output-format", "json", "cpython@\(spec.python)",
      ],
      timeout: .seconds(60))
    let output = try await run(checked: command).output
    let downloads = try JSONDecoder().decode([KnownDownload].self, from: Data(output))
    let triple = StandaloneAsset.triple(spec.platform)
    let releases = downloads.compactMap { download -> String? in
      guard download.version == spec.python.description, let url = download.url,
        url.contains("-\(triple)-install_only"),
        let match = url.firstMatch(of: #/\/releases\/download\/(\d{8})\//#)
      else { return nil }
      return String(match.1)
    }
    guard let newest = releases.max() else { throw RuntimesError.noReleaseKnown(spec.python, spec.platform) }
    return newest
  }
}
