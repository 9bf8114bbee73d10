/// One entry of an archive, as the archive has it: nothing in it is trusted yet.
package struct ArchiveEntry: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case file
    case directory
    case symlink(target: String)
    /// Another name of the file that the archive already holds under `target`.
    case hardlink(target: String)
  }

  /// The name in UTF-8, as in the archive: it may be absolute, start with `./`, or hold `..`.
  package let path: String
  package let kind: Kind
  /// The permission bits only, `0o644`.
  package let mode: UInt16
  /// In bytes, where the archive says so before the content.
  package let size: Int64?

  package var isExecutable: Bool { mode & 0o111 != 0 }

  /// The name as a relative path without `.`, empty parts and the first `strippingComponents` parts.
  ///
  /// - Returns: nil when nothing is left of the name.
  /// - Throws: `LayersError.unsafePath` for an absolute name, one with `..` or a backslash in it, and one that
  ///   no file system takes.
  package func relativePath(strippingComponents count: Int = 0) throws(LayersError) -> String? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    if path.utf8.first == UInt8(ascii: "/") {
      throw LayersError.unsafePath(path, reason: "it is absolute")
    }
    let kept = parts.dropFirst(count).map { String($0) ?? "" }.joined(separator: "/")
    if let reason = parts.contains(where: { $0.elementsEqual("..".utf8) }) ? "it leaves the archive" : nil {
      throw LayersError.unsafePath(path, reason: reason)
    }
    guard !kept.isEmpty else { return nil }
    try LayerPath.check(kept)
    return kept
  }
}
