package import Model
package import SystemPackage

extension Digest {
  /// The digest of these bytes.
  package static func sha256(of bytes: [UInt8]) -> Digest {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// The digest of a text's UTF-8 bytes.
  package static func sha256(of text: String) -> Digest { sha256(of: Array(text.utf8)) }

  /// The digest of a whole file; it blocks, so from a task call it inside `blocking`.
  package static func sha256(ofFile path: FilePath) throws(FileError) -> Digest {
    try Digest(bytes: hashed(path, with: .sha256))
  }
}

/// The SHA-1 of a whole file in hexadecimal: only a name, as Debian's snapshot archive uses it, never a proof.
package func sha1Hex(ofFile path: FilePath) throws(FileError) -> String {
  try hashed(path, with: .sha1).hexadecimal
}

private func hashed(_ path: FilePath, with algorithm: HashState.Algorithm) throws(FileError) -> [UInt8] {
  let state = HashState(algorithm)
  do {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    try file.closeAfter { try file.readPieces { state.update($0) } }
  } catch {
    throw FileError(verb: "read", path: path, cause: error)
  }
  return state.finish()
}

extension FileDescriptor {
  /// Reads from the present offset to the end, in pieces of at most a megabyte.
  package func readPieces(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
