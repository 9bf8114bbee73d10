import Artifacts
package import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension DirectoryStore {
  package func put(_ object: ObjectReference, from bytes: ObjectBytes) async throws -> Bool {
    try await blocking { cancellation in
      let place = path(of: object.name)
      if hasNow(object) { return false }
      try makeDirectory(place.removingLastComponent())
      let draft = try ObjectDraft(in: drafts, prefix: "\(object.digest.hex).")
      let digest: Digest
      switch bytes {
      case .bytes(let bytes):
        try draft.write(bytes)
        digest = .sha256(of: bytes)
      case .file(let file, let offset):
        digest = try draft.copy(file, from: offset, size: object.size, cancellation)
      }
      guard digest == object.digest else { throw PublishError.changedBytes(bytes.name(of: object)) }
      try draft.settle(at: place)
      return true
    }
  }

  package func replace(
    _ name: String, with bytes: [UInt8], ifTag tag: String?, requiring objects: [ObjectReference]
  ) async throws -> Bool {
    try await withLock {
      guard try tagNow(of: name) == tag, objects.allSatisfy({ hasNow($0) }) else { return false }
      let place = path(of: name)
      try makeDirectory(place.removingLastComponent())
      let draft = try ObjectDraft(in: drafts, prefix: "named.")
      try draft.write(bytes)
      try draft.settle(at: place)
      return true
    }
  }

  package func objects() async throws -> [StoredObject] {
    try await blocking { cancellation in
      let objects = path(of: "objects/sha256")
      guard FileStatus(of: objects) != nil else { return [] }
      var found: [StoredObject] = []
      for folder in try listDirectory(objects) {
        try cancellation.check()
        let folder = objects.appending(folder)
        guard FileStatus(of: folder)?.kind == .directory else { continue }
        // What isn't named by a digest is not ours.
        found += try listDirectory(folder).compactMap { name in
          guard let digest = try? Digest(parsing: name) else { return nil }
          var status = stat()
          guard stat(folder.appending(name).string, &status) == 0 else { return nil }
          return StoredObject(
            digest: digest, size: Int64(status.st_size), modified: Int64(status.st_mtim.tv_sec))
        }
      }
      return found
    }
  }

  package func remove(_ digests: [Digest], while name: String, hasTag tag: String?) async throws -> Bool {
    try await withLock {
      guard try tagNow(of: name) == tag else { return false }
      for digest in digests { try removeTree(path(of: ObjectReference.name(of: digest))) }
      return true
    }
  }

  /// Removes what publishers that were killed have left behind, if it is older than a time in seconds since 1970.
  package func removeDrafts(olderThan time: Int64) async throws {
    try await blocking { _ in
      for name in try listDirectory(drafts) {
        var status = stat()
        let draft = drafts.appending(name)
        guard stat(draft.string, &status) == 0, Int64(status.st_mtim.tv_sec) < time else { continue }
        try removeTree(draft)
      }
    }
  }

  private func tagNow(of name: String) throws -> String? {
    try readNow(name, limit: .max)?.tag
  }

  /// Runs the body while no other process is in one.
  private func withLock<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
  {
    let path = root.appending(".lock")
    return try await blocking { cancellation in
      let file: FileDescriptor
      do {
        file = try FileDescriptor.open(
          path, .readWrite, options: [.create, .closeOnExec],
          permissions: [.ownerReadWrite, .groupReadWrite, .otherRead])
      } catch {
        throw FileError(verb: "write", path: path, cause: error)
      }
      return try file.closeAfter {
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
          guard errno == EWOULDBLOCK || errno == EINTR else {
            throw FileError(verb: "lock", path: path, cause: Errno(rawValue: errno))
          }
          try cancellation.check()
          usleep(10_000)
        }
        return try body()
      }
    }
  }
}

extension ObjectBytes {
  /// What people know the bytes by.
  func name(of object: ObjectReference) -> String {
    switch self {
    case .bytes: object.digest.description
    case .file(let path, _): path.string
    }
  }
}
