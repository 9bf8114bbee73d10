import Artifacts
import FoundationEssentials
package import Model
package import SystemPackage

/// A wheel that was built here.
struct BuiltWheel: Sendable {
  let fileName: String
  let artifact: StoredArtifact
}

/// Which wheel a source was built into: `<cache>/built/<key>.json`; the wheel itself is in the store.
struct BuiltWheelShelf: Sendable {
  fileprivate struct Entry: Codable {
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

/// The file names of the wheels that were built here, by their digests.
///
/// `cache` is the cache's directory.
package func builtWheelNames(in cache: FilePath) throws -> [Digest: String] {
  let directory = cache.appending("built")
  guard FileStatus(of: directory) != nil else { return [:] }
  var names: [Digest: String] = [:]
  for name in try listDirectory(directory) where name.hasSuffix(".json") {
    // One that is being written, or damaged, says nothing: its wheel is built again.
    guard let bytes = try? readFile(directory.appending(name)),
      let entry = try? JSONDecoder().decode(BuiltWheelShelf.Entry.self, from: Data(bytes))
    else { continue }
    names[entry.digest] = entry.fileName
  }
  return names
}
