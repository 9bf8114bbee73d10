package import Artifacts
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A directory that a catalogue lies in, such as one that a web server serves.
///
/// Files appear whole: they are written in `.drafts`, synced and renamed. Who changes a named file or removes objects
/// holds `.lock` meanwhile, so that any number of processes may publish at once, also over a network file system.
package struct DirectoryStore: ObjectStore {
  /// Without symbolic links.
  package let root: FilePath

  private init(root: FilePath) { self.root = root }

  /// - Throws: `FileError` when there is no such directory.
  package init(reading path: FilePath) throws(FileError) {
    root = try realPath(path)
    guard FileStatus(of: root)?.kind == .directory else {
      throw FileError(verb: "list", path: root, cause: Errno.notDirectory)
    }
  }

  /// Makes the directory if it is not there.
  ///
  /// - Throws: `FileError`, also when files can't be made in it.
  package init(writing path: FilePath) throws(FileError) {
    try makeDirectory(path)
    try self.init(reading: path)
    try makeDirectory(drafts)
  }

  /// For a plan, which makes nothing: where there is no directory, nothing is in it.
  package init(planning path: FilePath) throws(FileError) {
    if FileStatus(of: path) == nil { self.init(root: path) } else { try self.init(reading: path) }
  }

  package var place: String { root.string }

  var drafts: FilePath { root.appending(".drafts") }

  func path(of name: String) -> FilePath { root.pushing(FilePath(name)) }

  package func read(_ name: String, range: Range<Int64>?, limit: Int64) async throws -> NamedBytes? {
    try await blocking { _ in try readNow(name, range: range, limit: limit) }
  }

  package func has(_ object: ObjectReference) async throws -> Bool { hasNow(object) }

  func hasNow(_ object: ObjectReference) -> Bool {
    guard let status = FileStatus(of: path(of: object.name)) else { return false }
    return status.kind == .file && status.size == object.size
  }

  func readNow(_ name: String, range: Range<Int64>? = nil, limit: Int64) throws -> NamedBytes? {
    let path = path(of: name)
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch {
      throw FileError(verb: "read", path: path, cause: error)
    }
    do {
      return try file.closeAfter {
        let size = try file.seek(offset: 0, from: .end)
        let start = min(range?.lowerBound ?? 0, size)
        let end = min(range?.upperBound ?? size, size)
        guard end - start <= limit else { throw ArtifactError.tooLarge(url: path.string, limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(end - start))
        try file.pieces(from: start, size: end - start) { bytes += $0 }
        return NamedBytes(bytes: bytes, tag: range == nil ? Digest.sha256(of: bytes).hex : nil)
      }
    } catch let error as Errno {
      throw FileError(verb: "read", path: path, cause: error)
    }
  }

  @discardableResult
  package func download(
    _ object: ObjectReference, in name: String, at offset: Int64?, to path: FilePath,
    report: @escaping @Sendable (_ completed: Int64, _ total: Int64?) -> Void
  ) async throws -> SavedFile {
    let source = self.path(of: name)
    return try await blocking { cancellation in
      guard FileStatus(of: source)?.kind == .file else {
        throw PublishError.missingObject(name, place: place)
      }
      try makeDirectory(path.removingLastComponent())
      let draft = try ObjectDraft(in: path.removingLastComponent(), prefix: ".\(object.digest.hex).")
      let digest = try draft.copy(source, from: offset ?? 0, size: object.size, cancellation) {
        report($0, object.size)
      }
      guard digest == object.digest else {
        let url = "file://\(encodingPercent(source.string))"
        throw ArtifactError.wrongDigest(url: url, expected: object.digest, got: digest)
      }
      try draft.settle(at: path, durably: false)
      return SavedFile(path, hashedAs: digest)
    }
  }
}
