import Artifacts
import Model
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

  package func list(_ folder: String) async throws -> [StoredFile] {
    try await blocking { cancellation in
      var found: [StoredFile] = []
      var folders = [folder]
      while let folder = folders.popLast() {
        try cancellation.check()
        let path = path(of: folder)
        guard FileStatus(of: path)?.kind == .directory else { continue }
        for name in try listDirectory(path) {
          var status = stat()
          guard lstat(path.appending(name).string, &status) == 0 else { continue }
          switch status.st_mode & S_IFMT {
          case S_IFDIR: folders.append("\(folder)\(name)/")
          case S_IFREG:
            found.append(
              StoredFile(
                name: "\(folder)\(name)", size: Int64(status.st_size), modified: Int64(status.st_mtim.tv_sec))
            )
          default: break
          }
        }
      }
      return found
    }
  }

  package func remove(_ names: [String], while name: String, hasTag tag: String?) async throws -> Bool {
    try await withLock {
      guard try tagNow(of: name) == tag else { return false }
      for name in names { try removeTree(path(of: name)) }
      return true
    }
  }

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
    try await withFileLock(at: root.appending(".lock"), body)
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
