package import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A new directory as a plan: it is made whole or not at all, and nothing that is there is touched.
package struct Scaffold: Sendable {
  package struct File: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
      case bytes([UInt8])
      case link(target: String)
    }

    /// Relative to the scaffold's directory.
    package let path: String
    package let content: Content
    package let isExecutable: Bool

    package init(_ path: String, _ content: Content, isExecutable: Bool = false) {
      self.path = path
      self.content = content
      self.isExecutable = isExecutable
    }

    package init(_ path: String, text: String) { self.init(path, .bytes(Array(text.utf8))) }
  }

  /// What is made; nothing may be there.
  package let directory: FilePath
  /// Sorted by path.
  package let files: [File]
  /// What a person has to look at once it is made.
  package let warnings: [Diagnostic]

  /// - Throws: `ScaffoldError.exists` when something is there already.
  package init(directory: FilePath, files: [File], warnings: [Diagnostic] = []) throws(ScaffoldError) {
    guard FileStatus(of: directory, followingLinks: false) == nil else { throw .exists(directory) }
    self.directory = directory
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.warnings = warnings
  }

  /// Makes the directory beside its place and renames it there.
  package func write() async throws {
    let parent = directory.removingLastComponent()
    try await withTemporaryDirectory(in: parent, prefix: ".ppp-draft-") { draft in
      let whole = draft.appending("new")
      try makeDirectory(whole)
      for file in files { try write(file, in: whole) }
      guard FileStatus(of: directory, followingLinks: false) == nil,
        rename(whole.string, directory.string) == 0
      else { throw ScaffoldError.exists(directory) }
      try syncDirectory(parent)
    }
  }

  private func write(_ file: File, in root: FilePath) throws {
    let path = root.appending(file.path)
    try makeDirectory(path.removingLastComponent())
    switch file.content {
    case .bytes(let bytes):
      let plain: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
      let permissions =
        file.isExecutable ? plain.union([.ownerExecute, .groupExecute, .otherExecute]) : plain
      try writeAtomically(bytes, to: path, permissions: permissions)
    case .link(let target):
      guard symlink(target, path.string) == 0 else {
        throw FileError(verb: "write the link", path: path, cause: Errno(rawValue: errno))
      }
    }
  }
}

/// Why something new can't be made.
package enum ScaffoldError: UserFacingError, Equatable {
  case exists(FilePath)
  /// The runenv to copy isn't there.
  case unknownRunenv(String, nearest: String?, known: [String])
  /// What copyFiles names isn't in the runenv that is copied.
  case missingFile(String, position: SourcePosition?)
  /// A file that is neither file, directory nor link, or a link that leads out of the runenv.
  case notCopied(String, position: SourcePosition?)
  /// The setting couldn't be changed in the text of the copied file without changing another.
  case notAdapted(key: String, position: SourcePosition?)

  package var description: String {
    switch self {
    case .exists(let path): "'\(path)' is there already"
    case .unknownRunenv(let id, _, _): "there is no runenv '\(id)'"
    case .missingFile(let path, _): "there is no '\(path)' to copy"
    case .notCopied(let path, _): "'\(path)' can't be copied: it is no file, or leads out of the runenv"
    case .notAdapted(let key, _): "'\(key)' can't be changed in the copy"
    }
  }

  package var position: SourcePosition? {
    switch self {
    case .missingFile(_, let position), .notCopied(_, let position), .notAdapted(_, let position): position
    case .exists, .unknownRunenv: nil
    }
  }

  package var hint: String? {
    switch self {
    case .exists: "choose another name, or remove it first"
    case .unknownRunenv(_, let near?, _): "did you mean '\(near)'?"
    case .unknownRunenv(_, nil, let known):
      known.isEmpty
        ? "there are no runenvs yet; leave out --from" : "they are \(known.joined(separator: ", "))"
    case .missingFile: "correct copyFiles there, or make the file"
    case .notCopied: "replace it by a file"
    case .notAdapted: "write the file by hand, or leave out what changes it"
    }
  }
}
