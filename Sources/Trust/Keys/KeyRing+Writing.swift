import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension KeyRing {
  /// Makes a key, with a password or open to whoever can read its file.
  ///
  /// The secret key can be read by its owner alone. Nothing is overwritten, nor trusted.
  ///
  /// - Returns: The key, and where it lies: the secret and the public half.
  package func make(
    _ name: String, password: String?
  ) async throws -> (key: SecretKey, secretFile: FilePath, publicFile: FilePath) {
    try checkNew(name)
    let (secretFile, publicFile) = (secretFile(name), publicFile(name))
    let key = SecretKey.generate()
    let text = try await blocking { _ in try key.file(password: password) }
    try makePrivateDirectory()
    try writeNew(text, to: secretFile, permissions: .ownerReadWrite)
    try writeNew(
      key.publicKey.file, to: publicFile, permissions: [.ownerReadWrite, .groupRead, .otherRead])
    return (key, secretFile, publicFile)
  }

  /// Checks that a key of this name can be made.
  ///
  /// - Throws: `TrustError.badName` or `TrustError.keyExists`.
  package func checkNew(_ name: String) throws {
    try check(name)
    for file in [secretFile(name), publicFile(name)] where FileStatus(of: file, followingLinks: false) != nil
    {
      throw TrustError.keyExists(file.string)
    }
  }

  /// Trusts a key from now on.
  ///
  /// - Returns: Where it lies; nil when it was trusted already under that name.
  /// - Throws: `TrustError.keyExists` when another key has the name.
  package func trust(_ key: PublicKey, as name: String) throws -> FilePath? {
    try check(name)
    let path = trustedFile(name)
    if FileStatus(of: path) != nil {
      guard try PublicKey(at: path) == key else { throw TrustError.keyExists(path.string) }
      return nil
    }
    try makePrivateDirectory()
    try makeDirectory(trustedDirectory)
    try writeNew(key.file, to: path, permissions: [.ownerReadWrite, .groupRead, .otherRead])
    return path
  }

  /// - Throws: `TrustError.badName` for what would not be a file of its own in the directory.
  private func check(_ name: String) throws {
    let isNamed = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isNamed, (1...100).contains(name.utf8.count), !name.hasPrefix("."), !name.hasPrefix("-") else {
      throw TrustError.badName(name)
    }
  }

  private func makePrivateDirectory() throws {
    try makeDirectory(directory.removingLastComponent())
    guard mkdir(directory.string, 0o700) == 0 || errno == EEXIST else {
      throw FileError(verb: "make the directory", path: directory, cause: Errno(rawValue: errno))
    }
  }

  /// Writes a file that is not there: whole or not at all, and never over another.
  private func writeNew(_ text: String, to path: FilePath, permissions: FilePermissions) throws {
    let draft = path.removingLastComponent().appending(
      ".\(path.lastComponent?.string ?? "key").\(getpid()).tmp")
    do {
      let file = try FileDescriptor.open(
        draft, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: permissions)
      // Where it was linked to its place, the draft's name is all that goes.
      defer { unlink(draft.string) }
      try file.closeAfter {
        try file.writeAll(text.utf8)
        guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
      }
      guard link(draft.string, path.string) == 0 else {
        throw errno == EEXIST ? TrustError.keyExists(path.string) : Errno(rawValue: errno)
      }
    } catch let error as TrustError {
      throw error
    } catch {
      throw FileError(verb: "write", path: path, cause: error)
    }
  }
}

/// Whether a file's mode lets others than its owner read it.
func isReadableByOthers(_ path: FilePath) -> Bool {
  var status = stat()
  return stat(path.string, &status) == 0 && status.st_mode & 0o077 != 0
}
