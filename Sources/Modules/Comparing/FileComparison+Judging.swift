import Artifacts
import Model
import SystemPackage

extension FileComparison {
  /// Nil for a file that neither side has any more.
  ///
  /// `base` counts only where it has the recorded digest; so do the other sides' bytes.
  init?(_ path: String, recorded: Digest?, yours: [UInt8]?, theirs: [UInt8]?, base: [UInt8]?) {
    guard yours != nil || theirs != nil else { return nil }
    self.path = path
    self.yours = yours
    self.theirs = theirs
    here = Self.change(from: recorded, to: yours)
    inSource = Self.change(from: recorded, to: theirs)
    self.base = [base, yours, theirs].lazy.compactMap { $0 }.first { Digest.sha256(of: $0) == recorded }
  }

  private static func change(from recorded: Digest?, to bytes: [UInt8]?) -> Change {
    switch (recorded, bytes) {
    case (nil, nil): .unchanged
    case (nil, _?): .added
    case (_?, nil): .removed
    case (let recorded?, let bytes?): Digest.sha256(of: bytes) == recorded ? .unchanged : .changed
    }
  }
}

extension AddedModule {
  /// A file of the module as it is now; of `pyproject.toml`, what is above `[tool.ppp.module]`.
  func content(of path: String) throws(FileError) -> [UInt8]? {
    guard let file = directory.lexicallyResolving(FilePath(path)), FileStatus(of: file)?.kind == .file else {
      return nil
    }
    let bytes = try readFile(file)
    return path == RenderedModule.projectFile ? projectPart(of: bytes) : bytes
  }
}

/// What a module's `pyproject.toml` says of the project itself: all above ppp's own record, which adding it again
/// always changes.
func projectPart(of bytes: [UInt8]) -> [UInt8] {
  bytes.firstRange(of: Array("\n[tool.ppp.module]".utf8)).map { Array(bytes[..<$0.lowerBound]) } ?? bytes
}
