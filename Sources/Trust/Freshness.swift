import Artifacts
import FoundationEssentials
package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What a signed catalogue says of its own place in time.
package struct CataloguePromise: Hashable, Sendable {
  /// Rises with every change of the catalogue.
  package let sequence: Int
  /// From when on it must not be believed any more; seconds since 1970.
  package let expires: Int64?
  /// When it was signed, by its maker's clock; seconds since 1970.
  package let signedAt: Int64?
  /// Of the catalogue's bytes.
  package let digest: Digest

  package init(sequence: Int, expires: Int64?, signedAt: Int64?, digest: Digest) {
    self.sequence = sequence
    self.expires = expires
    self.signedAt = signedAt
    self.digest = digest
  }
}

/// Refuses a catalogue that was true once: one older than what was seen before (rollback), or one that nobody has
/// renewed in time (freeze).
///
/// What was seen is kept in a directory, a file per destination.
package struct Freshness: Sendable {
  private let directory: FilePath

  /// How far clocks may be apart, in seconds.
  static let tolerance: Int64 = 86_400

  package init(in directory: FilePath) { self.directory = directory }

  /// Checks a catalogue, and remembers nothing.
  ///
  /// `now` counts seconds since 1970.
  ///
  /// - Throws: `TrustError.replayed`, `.forked`, `.expired` or `.clockBehind`.
  package func check(_ promise: CataloguePromise, from destination: String, now: Int64) throws {
    let place = redacting(destination)
    let seen = try seen(at: destination)
    let passed = max(promise.signedAt ?? .min, seen?.passed ?? .min)
    guard now >= passed || passed - now <= Self.tolerance else {
      throw TrustError.clockBehind(place, now: now, passed: passed)
    }
    if let seen {
      guard promise.sequence >= seen.sequence else {
        throw TrustError.replayed(place, sequence: promise.sequence, seen: seen.sequence)
      }
      guard promise.sequence > seen.sequence || promise.digest == seen.digest else {
        throw TrustError.forked(place, sequence: promise.sequence)
      }
    }
    if let expires = promise.expires, now >= expires {
      throw TrustError.expired(place, expires: expires, now: now)
    }
  }

  /// Checks a catalogue, and refuses older ones from now on.
  ///
  /// Of several processes that do so at once for one destination, one after the other does; it blocks while it waits.
  package func accept(_ promise: CataloguePromise, from destination: String, now: Int64) throws {
    try makeDirectory(directory)
    let path = file(of: destination)
    let lock = FilePath(path.string + ".lock")
    do {
      let held = try FileDescriptor.open(
        lock, .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
      try held.closeAfter {
        guard flock(held.rawValue, LOCK_EX) == 0 else { throw Errno(rawValue: errno) }
        try check(promise, from: destination, now: now)
        let seen = Seen(
          destination: redacting(destination), sequence: promise.sequence, digest: promise.digest,
          passed: max(now, try self.seen(at: destination)?.passed ?? now))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try writeAtomically(encoder.encode(seen) + Data("\n".utf8), to: path)
      }
    } catch let code as Errno {
      throw FileError(verb: "lock", path: lock, cause: code)
    }
  }

  /// What was seen last at a destination.
  private struct Seen: Codable {
    private(set) var schemaVersion = 1
    let destination: String
    let sequence: Int
    let digest: Digest
    /// The latest time that this machine's clock showed; seconds since 1970.
    let passed: Int64
  }

  private func seen(at destination: String) throws -> Seen? {
    let path = file(of: destination)
    guard FileStatus(of: path) != nil else { return nil }
    let bytes = try readFile(path)
    do {
      return try JSONDecoder().decode(Seen.self, from: Data(bytes))
    } catch {
      throw TrustError.badState(path)
    }
  }

  private func file(of destination: String) -> FilePath {
    directory.appending(Digest.sha256(of: destination).hex + ".json")
  }
}
