import Artifacts
import Layers
import Model
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// A cache of its own for one test, and short ways to fill it.
struct Scratch: Sendable {
  let directory: FilePath
  let artifacts: ArtifactStore
  let store: LayerStore

  @discardableResult
  static func with<Value>(_ body: (Scratch) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory(in: "/tmp", prefix: "layers-é ") { directory in
      let cache = directory.appending("cache")
      return try await body(
        Scratch(directory: directory, artifacts: ArtifactStore(cache: cache), store: LayerStore(cache: cache))
      )
    }
  }

  /// A layer of these text files; its key is its name and content.
  func layer(_ files: KeyValuePairs<String, String>, links: KeyValuePairs<String, String> = [:]) async throws
    -> Layer
  {
    let fields = [("files", "\(files)"), ("links", "\(links)")]
    let content = files.map { ($0.key, $0.value) }
    let targets = links.map { ($0.key, $0.value) }
    return try await store.make(LayerKey(kind: "test", version: 1, fields: fields), level: 3) { writer, _ in
      for (path, text) in content { try writer.addFile(path, bytes: Array(text.utf8)) }
      for (path, target) in targets { try writer.addSymlink(path, target: target) }
    }
  }

  /// Every entry of an archive, with the content of files.
  func read(_ bytes: [UInt8], limits: ArchiveLimits = .standard) async throws -> [(ArchiveEntry, String)] {
    let reader = try ArchiveReader(try await artifacts.add(bytes), limits: limits)
    var found: [(ArchiveEntry, String)] = []
    while let entry = try reader.next() {
      found.append((entry, String(decoding: try reader.readAll(), as: UTF8.self)))
    }
    return found
  }

  func extract(_ bytes: [UInt8], strippingComponents: Int = 0, limits: ArchiveLimits = .standard) async throws
  {
    try ArchiveExtractor(limits: limits).extract(
      try await artifacts.add(bytes), into: tree, strippingComponents: strippingComponents)
  }

  var tree: FilePath { directory.appending("tree") }

  /// Changes one byte of a file in the store, which is read-only there.
  func damage(_ layer: Layer, at offset: Int) throws {
    var bytes = try readFile(store.path(of: layer.digest))
    bytes[offset] ^= 1
    try writeAtomically(bytes, to: store.path(of: layer.digest))
  }
}

/// Runs a command line with `sh`, and returns its exit status and what it printed.
func shell(_ command: String) throws -> (status: Int32, output: String) {
  let stream = try #require(popen("exec 2>&1; export LC_ALL=C.UTF-8; \(command)", "r"))
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, stream)
    if count == 0 { break }
    output += buffer[..<count]
  }
  return (pclose(stream), String(decoding: output, as: UTF8.self))
}

func isInstalled(_ tool: String) -> Bool { (try? shell("command -v \(tool)").status) == 0 }
