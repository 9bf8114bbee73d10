import Artifacts
import FoundationEssentials
import Model
import SystemPackage

/// A wheel that was built here.
struct BuiltWheel: Sendable {
  let fileName: String
  let artifact: StoredArtifact
}

/// Which wheel a source was built into: `<cache>/built/<key>.json`; the wheel itself is in the store.
struct BuiltWheelShelf: Sendable {
  private struct Entry: Codable {
    let fileName: String
    let digest: Digest
  }

  private let path: FilePath
  private let store: ArtifactStore

  init(store: ArtifactStore, key: Digest) {
    self.store = store
    path = store.cache.appending("built").appending("\(key.hex).json")
  }

  /// Nil when it was never built, or is not whole any more: then it is built again.
  func wheel() async throws -> BuiltWheel? {
    guard let bytes = try? readFile(path),
      let entry = try? JSONDecoder().decode(Entry.self, from: Data(bytes)),
      let artifact = try await store.find(entry.digest)
    else { return nil }
    return BuiltWheel(fileName: entry.fileName, artifact: artifact)
  }

  func add(_ wheel: BuiltWheel) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(
      encoder.encode(Entry(fileName: wheel.fileName, digest: wheel.artifact.digest)), to: path)
  }
}
