package import Artifacts
package import Catalogue
import FoundationEssentials
package import Model
package import SystemPackage
import Wheels

/// The wheels that were built from source, and those that people have brought from where they were built.
package struct BuiltWheels: Sendable {
  /// What is on record of a wheel.
  package struct Note: Codable, Sendable, Hashable {
    package let fileName: String
    package let digest: Digest
    /// The file that it was built from; nil for one that was brought.
    package var source: String?
    package var sourceDigest: Digest?
    /// The compiler of its native code; nil for wheels without.
    package var toolchain: String?
    /// The Rust of its native code.
    package var rust: String?
    /// The recipe that it was built by; nil where it was built without.
    package var recipe: BuildRecipeRecord?
    /// Whether it passed the recipe's test; nil where there was none, or nothing here could run it.
    package var isTested: Bool?

    /// Nil for what is missing or can't be read: such a wheel counts as not built.
    init?(at path: FilePath) {
      guard let bytes = try? readFile(path),
        let note = try? JSONDecoder().decode(Note.self, from: Data(bytes))
      else { return nil }
      self = note
    }

    init(
      fileName: String, digest: Digest, source: String? = nil, sourceDigest: Digest? = nil,
      toolchain: String? = nil, rust: String? = nil, recipe: BuildRecipeRecord? = nil, isTested: Bool? = nil
    ) {
      self.fileName = fileName
      self.digest = digest
      self.source = source
      self.sourceDigest = sourceDigest
      self.toolchain = toolchain
      self.rust = rust
      self.recipe = recipe
      self.isTested = isTested
    }

    func write(to path: FilePath) throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      try makeDirectory(path.removingLastComponent())
      try writeAtomically(encoder.encode(self), to: path)
    }
  }

  /// A wheel that is listed: its note, and whether its bytes are still there.
  package struct Item: Sendable, Hashable {
    package let note: Note
    package let path: FilePath
    /// In bytes; nil where it is gone, and will be built again.
    package let size: Int64?
  }

  private let store: ArtifactStore

  package init(store: ArtifactStore) { self.store = store }

  static func directory(of store: ArtifactStore) -> FilePath { store.cache.appending("built") }

  private var brought: FilePath { Self.directory(of: store).appending("brought") }

  /// All of them, by file name.
  package func list() throws -> [Item] {
    let own = Self.directory(of: store)
    return try [own, brought].flatMap { directory -> [Item] in
      guard FileStatus(of: directory) != nil else { return [] }
      return try listDirectory(directory).filter { $0.hasSuffix(".json") }.compactMap { name in
        guard let note = Note(at: directory.appending(name)) else { return nil }
        let path = store.path(of: note.digest)
        return Item(note: note, path: path, size: FileStatus(of: path)?.size)
      }
    }.sorted { ($0.note.fileName, $0.note.digest.hex) < ($1.note.fileName, $1.note.digest.hex) }
  }

  /// Takes in a wheel that was built elsewhere; it serves every cell that wants that package and version from source,
  /// and whose platform it fits.
  ///
  /// - Throws: `WheelError` for what is no wheel or does not hold what its name says, and what storing throws.
  package func add(_ path: FilePath) async throws -> Note {
    let name = try WheelFileName(parsing: path.lastComponent?.string ?? "")
    let artifact = try await store.add(fileAt: path)
    try await blocking { cancellation in try checkWheel(artifact, named: name, cancellation: cancellation) }
    let note = Note(fileName: name.text, digest: artifact.digest)
    try note.write(to: brought.appending("\(name.text).json"))
    return note
  }

  /// The best of the wheels that people have brought; nil when none fits.
  func brought(_ package: PackageName, version: String?, for tags: SupportedTags) async throws -> BuiltWheel?
  {
    let items = try list().filter { $0.note.source == nil && $0.size != nil }
    var names: [WheelFileName: Item] = [:]
    for item in items {
      let name = try WheelFileName(parsing: item.note.fileName)
      let isVersion = version.map { PackageVersion($0) == PackageVersion(name.version) } ?? true
      if name.name == package, isVersion { names[name] = item }
    }
    guard let best = tags.best(of: names.keys), let item = names[best],
      let artifact = try await store.find(item.note.digest)
    else { return nil }
    return BuiltWheel(fileName: best.text, artifact: artifact)
  }
}
