import Artifacts
import Layers
import Model

/// A Debian archive: its suites, and the packages in them, each verified from the signature down.
struct DebianArchive: Sendable {
  let mirror: Mirror
  let fetcher: Fetcher
  let verifySignature: SignatureVerifier
  let events: EventSink

  /// The archive's usual address.
  static let standardMirror = "https://deb.debian.org/debian"

  /// The suites that are looked through for a Python, the likeliest first.
  static let suites = ["bookworm", "trixie", "bullseye", "forky", "sid"]

  /// The security updates have an archive of their own beside the other.
  private var securityMirror: Mirror { mirror.appending("-security") }

  /// The packages of a suite, its security updates included.
  ///
  /// - Throws: `RuntimesError.badSignature`, `.release`; `ArtifactError` when something cannot be fetched.
  func packages(
    suite: String, architecture: DebianArchitecture, withSecurity: Bool = true
  ) async throws -> DebianPackageIndex {
    var index = DebianPackageIndex()
    index.add(
      try await packagesFile(at: mirror, suite: suite, architecture: architecture), archive: mirror.address)
    guard withSecurity, suite != "sid", suite != "unstable" else { return index }
    do {
      let updates = try await packagesFile(
        at: securityMirror, suite: "\(suite)-security", architecture: architecture)
      index.add(updates, archive: securityMirror.address)
    } catch let error as ArtifactError where error.saysNotThere {
      let message = "'\(redacting(securityMirror.address))' has no security updates of '\(suite)'"
      events(.diagnosed(Diagnostic(.warning, message, hint: "the suite's own packages are used")))
    }
    return index
  }

  private func packagesFile(
    at mirror: Mirror, suite: String, architecture: DebianArchitecture
  ) async throws -> [UInt8] {
    let directory = "\(mirror.nearest)/dists/\(suite)"
    let release = try await release(at: "\(directory)/InRelease", suite: suite)
    let path = "main/binary-\(architecture.name)/Packages.xz"
    guard let entry = release.files[path] else {
      throw RuntimesError.release(
        url: redacting("\(directory)/InRelease"), reason: "it does not list '\(path)'")
    }
    let byHash = "main/binary-\(architecture.name)/by-hash/SHA256/\(entry.digest.hex)"
    let artifact = try await fetcher.artifact(
      RemoteFile(
        urls: ["\(directory)/\(byHash)", "\(directory)/\(path)"], digest: entry.digest, size: entry.size,
        name: "Packages.xz of \(suite) \(architecture.name)"))
    return try await blocking { cancellation in
      var text: [UInt8] = []
      try CompressedFile(artifact).read { piece in
        try cancellation.check()
        text.append(contentsOf: piece)
      }
      return text
    }
  }

  private func release(at url: String, suite: String) async throws -> DebianRelease {
    let document = try await fetcher.document(url, accept: nil)
    let text = try await verifySignature(document.bytes, redacting(url))
    let release = try DebianRelease(text: String(decoding: text, as: UTF8.self), url: redacting(url))
    guard release.isNamed(suite) else {
      let name = release.codename ?? release.suite ?? "unnamed"
      throw RuntimesError.release(
        url: redacting(url), reason: "it is the release of '\(name)', not of '\(suite)'")
    }
    return release
  }
}

extension ArtifactError {
  /// Whether the server answered that there is no such thing.
  var saysNotThere: Bool {
    switch self {
    case .status(_, 404, _), .status(_, 410, _), .missingFile: true
    default: false
    }
  }
}
