import Artifacts
import Catalogue
package import Model
package import SystemPackage

/// A wheel that was built here.
struct BuiltWheel: Sendable {
  let fileName: String
  let artifact: StoredArtifact
  /// The Rust that compiled it, if any did.
  var rust: String?
  /// What it was built from; nil for one that was brought.
  var sourceDigest: Digest?
  /// The recipe that it was built by.
  var recipe: BuildRecipeRecord?
  /// Whether it passed the recipe's test.
  var isTested = false
  /// What has compiled its native code, as a toolchain names itself; nil where nobody did, or elsewhere.
  var toolchain: String?
}

/// Which wheel a source was built into: `<cache>/built/<key>.json`; the wheel itself is in the store.
struct BuiltWheelShelf: Sendable {
  private let path: FilePath
  private let store: ArtifactStore

  init(store: ArtifactStore, key: Digest) {
    self.store = store
    path = BuiltWheels.directory(of: store).appending("\(key.hex).json")
  }

  /// Nil when it was never built, or is not whole any more: then it is built again.
  func wheel() async throws -> BuiltWheel? {
    guard let note = BuiltWheels.Note(at: path), let artifact = try await store.find(note.digest) else {
      return nil
    }
    return BuiltWheel(
      fileName: note.fileName, artifact: artifact, rust: note.rust, sourceDigest: note.sourceDigest,
      recipe: note.recipe, isTested: note.isTested ?? false, toolchain: note.toolchain)
  }

  /// Keeps a wheel, and what it was made of: for people.
  func add(_ wheel: BuiltWheel, source: String) throws {
    try BuiltWheels.Note(
      fileName: wheel.fileName, digest: wheel.artifact.digest, source: source,
      sourceDigest: wheel.sourceDigest, toolchain: wheel.toolchain, rust: wheel.rust, recipe: wheel.recipe,
      isTested: wheel.isTested ? true : nil
    ).write(to: path)
  }
}

/// The file names of the wheels that were built or brought here, by their digests.
///
/// `cache` is the cache's directory.
package func builtWheelNames(in cache: FilePath) throws -> [Digest: String] {
  let items = try BuiltWheels(store: ArtifactStore(cache: cache)).list()
  return Dictionary(items.map { ($0.note.digest, $0.note.fileName) }, uniquingKeysWith: { first, _ in first })
}
