import Binaries
import Layers
import Model
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Goes through an archive, and through the wheels in it, for native files.
struct ArchiveInspection {
  /// 32 MiB: larger files go through a temporary file, to keep memory bounded.
  static let largestInMemory: Int64 = 32 << 20

  /// Tells apart the temporary files of one process.
  private static let serial = Atomic(0)

  let scratch: FilePath
  let cancellation: Cancellation

  func inspect(_ reader: ArchiveReader) throws -> Inspection {
    var found = Inspection()
    try inspect(reader, in: nil, into: &found)
    return found
  }

  /// Files of a wheel are listed under the wheel's path; a wheel in a wheel is a file like others.
  private func inspect(_ reader: ArchiveReader, in wheel: String?, into found: inout Inspection) throws {
    while let entry = try reader.next() {
      try cancellation.check()
      guard entry.kind != .directory, let name = try entry.relativePath() else { continue }
      let path = wheel.map { "\($0)/\(name)" } ?? name
      found.paths.append(path)
      guard entry.kind == .file else { continue }
      if wheel == nil, path.hasPrefix("packages/"), path.hasSuffix(".whl") {
        try inspect(try reader.nested(in: scratch), in: path, into: &found)
        continue
      }
      let isLarge = (entry.size ?? .max) > Self.largestInMemory
      let file = try InspectedFile(path: path) {
        isLarge ? try inspectThroughFile(reader) : try inspectInMemory(reader)
      }
      if let file { found.nativeFiles.append(file) }
    }
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
      throw FileError(verb: "write", path: path, cause: error)
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
