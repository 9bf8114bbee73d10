import Artifacts
import FoundationEssentials
import Model
import SystemPackage
import Wheels

/// What wheels say about themselves, kept in the cache so that a warm build opens no wheel.
struct DistributionShelf: Sendable {
  private let directory: FilePath

  init(cache: FilePath) { directory = cache.appending("distributions") }

  func distribution(of wheel: LocatedWheel, scheme: InstallScheme) async throws -> InstalledDistribution {
    if let known = known(wheel.digest, scheme: scheme) { return known }
    let artifact = try await wheel.artifact()
    let distribution = try await InstalledDistribution.reading(
      artifact, fileName: wheel.fileName, scheme: scheme)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try makeDirectory(directory)
    try writeAtomically(encoder.encode(distribution), to: path(of: wheel.digest, scheme))
    return distribution
  }

  /// Nil when it is not there or not whole: then it is read again.
  func known(_ wheel: Digest, scheme: InstallScheme) -> InstalledDistribution? {
    guard let bytes = try? readFile(path(of: wheel, scheme)) else { return nil }
    return try? JSONDecoder().decode(InstalledDistribution.self, from: Data(bytes))
  }

  private func path(of wheel: Digest, _ scheme: InstallScheme) -> FilePath {
    // The number rises when what is read from the same wheel changes.
    directory.appending("\(wheel.hex)-\(scheme.id)-2.json")
  }
}
