import Binaries
import FoundationEssentials
import Layers
import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Reads the headers of the native files in a layer, once for all bundles that hold it.
///
/// What it finds is kept under `<cache>/inspections/<format>/sha256/ab/<hex>.json`, by the layer's digest.
struct LayerInspector: Sendable {
  /// Of what is kept; raised whenever a reader in Binaries finds more or other things.
  static let format = 1
  /// 32 MiB: larger files go through a temporary file, to keep memory bounded.
  static let largestInMemory: Int64 = 32 << 20

  /// Tells apart the temporary files of one process.
  private static let serial = Atomic(0)

  let store: LayerStore
  let cache: FilePath
  /// Where large files lie while their headers are read.
  let scratch: FilePath

  /// Whether the layer is in the store, so that it can be inspected.
  func canInspect(_ layer: Layer) -> Bool {
    access(store.path(of: layer.digest).string, R_OK) == 0
  }

  /// - Throws: `LayersError` for a damaged layer, `CancellationError`.
  func inspect(_ layer: Layer) async throws -> Inspection {
    try await blocking { cancellation in
      let entries = try store.entries(of: layer)
      let paths = entries.filter { $0.kind != .directory }.map(\.path)
      let record = record(of: layer)
      // A record that can't be read is made again.
      if let bytes = try? readFile(record),
        let known = try? JSONDecoder().decode([InspectedFile].self, from: Data(bytes))
      {
        return Inspection(paths: paths, nativeFiles: known)
      }
      let files = try nativeFiles(of: layer, cancellation)
      try makeDirectory(record.removingLastComponent())
      try writeAtomically(try JSONEncoder().encode(files), to: record)
      return Inspection(paths: paths, nativeFiles: files)
    }
  }

  private func record(of layer: Layer) -> FilePath {
    let hex = layer.digest.hex
    return cache.appending("inspections/\(Self.format)/sha256/\(hex.prefix(2))/\(hex).json")
  }

  private func nativeFiles(of layer: Layer, _ cancellation: Cancellation) throws -> [InspectedFile] {
    let reader = try store.reader(of: layer)
    var files: [InspectedFile] = []
    while let entry = try reader.next() {
      try cancellation.check()
      guard entry.kind == .file, let path = try entry.relativePath() else { continue }
      let isLarge = (entry.size ?? .max) > Self.largestInMemory
      let file = try InspectedFile(path: path) {
        isLarge ? try inspectThroughFile(reader) : try inspectInMemory(reader)
      }
      if let file { files.append(file) }
    }
    return files
  }

  /// Ends the reading of an entry at its first bytes.
  private struct NotNative: Error {}

  private func inspectInMemory(_ reader: ArchiveReader) throws -> NativeFile? {
    var bytes: [UInt8] = []
    do {
      try readNative(reader) { bytes.append(contentsOf: $0) }
    } catch is NotNative {
      return nil
    }
    return try NativeFile.inspect(bytes: bytes)
  }

  private func inspectThroughFile(_ reader: ArchiveReader) throws -> NativeFile? {
    try makeDirectory(scratch)
    let path = scratch.appending("inspect-\(getpid())-\(Self.serial.add(1, ordering: .relaxed).newValue)")
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
    } catch {
      throw FileError(verb: "make a temporary file", path: path, cause: error)
    }
    unlink(path.string)
    return try file.closeAfter {
      do {
        try readNative(reader) { _ = try file.writeAll($0) }
      } catch is NotNative {
        return nil
      } catch let error as Errno {
        throw FileError(verb: "write", path: path, cause: error)
      }
      return try NativeFile.inspect(file)
    }
  }

  /// Passes on the content of an entry that begins as a native file does.
  private func readNative(
    _ reader: ArchiveReader, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var isFirst = true
    try reader.read { bytes in
      if isFirst, !bytes.isEmpty {
        guard NativeFile.mayBegin(with: bytes) else { throw NotNative() }
        isFirst = false
      }
      try body(bytes)
    }
  }
}
