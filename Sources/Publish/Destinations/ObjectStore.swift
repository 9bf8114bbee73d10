package import Artifacts
import Model
package import SystemPackage

/// A place that published files are read from: a directory, a bucket, a web server.
///
/// Names are relative, with `/` between their parts. Nothing that comes from a place is trusted: objects are checked
/// against their digests before they have a name, and whoever reads a named file checks it.
package protocol ObjectSource: Sendable {
  /// As people know it, without credentials.
  var place: String { get }

  /// A file, or a part of it, in memory; nil when it is not there.
  ///
  /// A range that reaches beyond the end gives what there is.
  ///
  /// - Throws: `ArtifactError.tooLarge` when there is more than `limit`, in bytes.
  func read(_ name: String, range: Range<Int64>?, limit: Int64) async throws -> NamedBytes?

  /// Writes an object's bytes, which are in the file `name` from `offset` on, or all of that file, to a new file.
  ///
  /// What has arrived when it breaks off is kept beside `path`, and asked for no more.
  ///
  /// - Throws: `ArtifactError.noRanges` when an offset is given and the server only sends whole files, `.wrongDigest`
  ///   when other bytes came; `PublishError.missingObject`.
  @discardableResult
  func download(
    _ object: ObjectReference, in name: String, at offset: Int64?, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) async throws -> SavedFile

  /// Whether an object is there, by name and size; its bytes are not looked at.
  func has(_ object: ObjectReference) async throws -> Bool
}

extension ObjectSource {
  package func read(_ name: String, limit: Int64 = 256 << 20) async throws -> NamedBytes? {
    try await read(name, range: nil, limit: limit)
  }

  /// Fetches an object to a new file, which has its name only once its digest is right.
  @discardableResult
  package func download(
    _ object: ObjectReference, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void = { _, _ in }
  ) async throws -> SavedFile {
    try await download(object, in: object.name, at: nil, to: path, report: report)
  }

  /// A small object in memory, checked by its digest.
  ///
  /// - Throws: `PublishError.missingObject`, `.damagedObject`.
  package func bytes(of object: ObjectReference, limit: Int64 = 64 << 20) async throws -> [UInt8] {
    guard let found = try await read(object.name, range: nil, limit: min(limit, object.size)) else {
      throw PublishError.missingObject(object.name, place: place)
    }
    guard Digest.sha256(of: found.bytes) == object.digest else {
      throw PublishError.damagedObject(object.name, place: place)
    }
    return found.bytes
  }
}

/// A file that lies at a destination.
package struct StoredFile: Sendable, Hashable {
  /// Relative to the destination.
  package let name: String
  /// In bytes.
  package let size: Int64
  /// When it was last written, in seconds since 1970.
  package let modified: Int64

  package init(name: String, size: Int64, modified: Int64) {
    self.name = name
    self.size = size
    self.modified = modified
  }
}

/// A place that files are published to.
///
/// Objects are immutable, and only named files change: by compare and swap, so that of two who write at once one is told.
package protocol ObjectStore: ObjectSource {
  /// Writes an object unless it is there; whether it was written.
  ///
  /// - Throws: `PublishError.changedBytes` when the bytes have another digest; nothing has the object's name then.
  func put(_ object: ObjectReference, from bytes: ObjectBytes) async throws -> Bool

  /// Writes a named file whole, if it still has this tag and these objects are there; whether it was written.
  ///
  /// With no tag, the file must not be there yet.
  func replace(
    _ name: String, with bytes: [UInt8], ifTag tag: String?, requiring objects: [ObjectReference]
  ) async throws -> Bool

  /// All files whose names begin with this folder's, `objects/`, in no order.
  func list(_ folder: String) async throws -> [StoredFile]

  /// Removes files, if the file `name` still has this tag; whether it had.
  ///
  /// What is not there is fine.
  func remove(_ names: [String], while name: String, hasTag tag: String?) async throws -> Bool

  /// Removes what publishers that were killed have left unfinished before a time, in seconds since 1970.
  func removeDrafts(olderThan time: Int64) async throws
}

extension ObjectStore {
  package func replace(_ name: String, with bytes: [UInt8], ifTag tag: String?) async throws -> Bool {
    try await replace(name, with: bytes, ifTag: tag, requiring: [])
  }
}
