package import Model
import Synchronization
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Files named by their SHA-256, at `<cache>/artifacts/sha256/ab/abcd…`.
///
/// Files appear whole and read-only, and any number of processes may use one store at once. A process that has
/// used the store keeps it from being pruned for as long as the value lives (`CacheLock`).
package struct ArtifactStore: Sendable {
  package let cache: FilePath
  let state: State
  let events: EventSink

  /// What all copies of one store share.
  final class State: Sendable {
    let lock: CacheLock
    /// The files that this process has hashed, as they were then.
    let verified = Mutex<[Digest: FileIdentity]>([:])

    init(cache: FilePath) { lock = CacheLock(cache: cache) }
  }

  /// Names a store; nothing is made on disk before the first file comes in.
  ///
  /// `events` is told when a damaged file was found and removed.
  package init(cache: FilePath, events: @escaping EventSink = { _ in }) {
    self.cache = cache
    self.events = events
    state = State(cache: cache)
  }

  package func path(of digest: Digest) -> FilePath {
    root.appending(String(digest.hex.prefix(2))).appending(digest.hex)
  }

  /// Whether a file of this name is there; its bytes are not looked at.
  package func contains(_ digest: Digest) -> Bool { FileIdentity(at: path(of: digest)) != nil }

  /// The file with this digest, hashed on its first use in this process and whenever it changed since.
  ///
  /// A file whose bytes have another digest is removed and reported as a warning; the answer is then nil.
  package func find(_ digest: Digest) async throws -> StoredArtifact? {
    try await blocking { _ in try findNow(digest) }
  }

  /// Stores these bytes.
  package func add(_ bytes: [UInt8]) async throws -> StoredArtifact {
    try await blocking { _ in
      let digest = Digest.sha256(of: bytes)
      if let stored = try findNow(digest) { return stored }
      try prepare()
      let draft = try DraftFile(in: drafts)
      try bytes.withUnsafeBytes { try draft.write($0) }
      return try adopt(draft, as: digest, size: Int64(bytes.count))
    }
  }

  /// Stores a copy of a file.
  ///
  /// - Throws: `ArtifactError.wrongFileDigest` when the file's digest is not the expected one.
  package func add(fileAt source: FilePath, expecting expected: Digest? = nil) async throws -> StoredArtifact
  {
    try await blocking { cancellation in
      try prepare()
      let draft = try DraftFile(in: drafts)
      let hash = SHA256()
      var size: Int64 = 0
      do {
        let file = try FileDescriptor.open(source, .readOnly, options: .closeOnExec)
        try file.closeAfter {
          try file.readPieces {
            try cancellation.check()
            hash.update($0)
            try draft.write($0)
            size += Int64($0.count)
          }
        }
      } catch let error as Errno {
        throw FileError(verb: "read", path: source, cause: error)
      }
      let digest = hash.finish()
      guard expected ?? digest == digest else {
        throw ArtifactError.wrongFileDigest(source, expected: expected ?? digest, got: digest)
      }
      return try findNow(digest) ?? adopt(draft, as: digest, size: size)
    }
  }
}

extension ArtifactStore {
  var root: FilePath { cache.appending("artifacts").appending("sha256") }

  /// Where unfinished files are: on the same file system, so that finishing is a rename.
  var drafts: FilePath { cache.appending("partial") }

  /// Makes the cache directory, says in it that back-ups may leave it out, and holds its lock.
  func prepare() throws {
    try makeDirectory(drafts)
    try state.lock.share()
    let tag = cache.appending("CACHEDIR.TAG")
    if FileIdentity(at: tag) == nil {
      let text = """
        Signature: 8a477f597d28d172789f06886806bc55
        # This directory is a cache of ppp. See https://bford.info/cachedir/

        """
      try DraftFile(in: drafts).finish(text.utf8, at: tag)
    }
  }

  /// Gives a finished file, whose bytes were hashed as they were written, its place.
  func adopt(_ draft: DraftFile, as digest: Digest, size: Int64) throws -> StoredArtifact {
    let place = path(of: digest)
    try makeDirectory(place.removingLastComponent())
    try draft.finish(at: place, permissions: 0o444)
    remember(digest, at: place)
    return StoredArtifact(verified: digest, path: place, size: size)
  }

  /// Gives a fetched file, whose bytes were hashed as they came, its place.
  func adopt(_ partial: PartialFile, as digest: Digest) throws -> StoredArtifact {
    let place = path(of: digest)
    try makeDirectory(place.removingLastComponent())
    try partial.settle(at: place)
    remember(digest, at: place)
    return StoredArtifact(verified: digest, path: place, size: partial.length)
  }

  func findNow(_ digest: Digest) throws -> StoredArtifact? {
    let place = path(of: digest)
    guard let identity = FileIdentity(at: place) else { return nil }
    try state.lock.share()
    if state.verified.withLock({ $0[digest] }) == identity {
      return StoredArtifact(verified: digest, path: place, size: identity.size)
    }
    let found: Digest
    do {
      found = try Digest.sha256(ofFile: place)
    } catch {
      guard error.code == .noSuchFileOrDirectory else { throw error }
      return nil
    }
    guard found == digest else {
      discard(place, expected: digest, found: found)
      return nil
    }
    touch(place)
    remember(digest, at: place)
    return StoredArtifact(verified: digest, path: place, size: identity.size)
  }

  private func discard(_ place: FilePath, expected: Digest, found: Digest) {
    let isRemoved = unlink(place.string) == 0
    let message = "the stored file '\(place)' is damaged: its digest is \(found)"
    let hint =
      isRemoved ? "it was removed and will be fetched again" : "remove it: it could not be removed here"
    events(.diagnosed(Diagnostic(.warning, message, hint: hint)))
  }

  private func remember(_ digest: Digest, at place: FilePath) {
    let identity = FileIdentity(at: place)
    state.verified.withLock { $0[digest] = identity }
  }

  /// Notes that the file is in use, for pruning, at most once an hour; in a read-only cache there is no note.
  private func touch(_ place: FilePath) {
    guard let identity = FileIdentity(at: place), time(nil) - identity.seconds > 3600 else { return }
    utimensat(AT_FDCWD, place.string, nil, 0)
  }
}
