import FoundationEssentials
import Model
import SystemPackage

/// Which wheel a source was built into: `<cache>/built/<key>.json`; the wheel itself is in the store.
struct BuiltWheelShelf: Sendable {
  struct Entry: Codable, Sendable {
    let fileName: String
    let digest: Digest
  }

  private let path: FilePath

  init(cache: FilePath, key: Digest) { path = cache.appending("built").appending("\(key.hex).json") }

  /// Nil when it was never built, or the note about it is not whole: then it is built again.
  var wheel: Entry? {
    guard let bytes = try? readFile(path) else { return nil }
    return try? JSONDecoder().decode(Entry.self, from: Data(bytes))
  }

  func add(_ entry: Entry) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(encoder.encode(entry), to: path)
  }
}
