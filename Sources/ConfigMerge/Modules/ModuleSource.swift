package import Model
package import SystemPackage

/// Where modules are found: a directory, a git repository, or an archive.
///
/// What it points to is a module, with a `module.json`, or a directory of modules.
package struct ModuleSource: Sendable {
  package enum Place: Hashable, Sendable {
    case directory(FilePath)
    case git(GitPlace)
    case archive(ArchivePlace)
  }

  /// A repository at a branch, a tag or a commit.
  package struct GitPlace: Hashable, Sendable {
    /// As git takes it, without `git+`: `https://host/x.git`; it never starts with a hyphen.
    package let url: String
    /// A branch, a tag or a whole commit; nil for the repository's own branch.
    package let revision: String?
    /// Where in the repository, when it is not its root.
    package let subdirectory: String?
  }

  /// An archive that has to have this digest.
  package struct ArchivePlace: Hashable, Sendable {
    package let url: String
    package let sha256: Digest
    package let subdirectory: String?
  }

  package let place: Place
  /// As it was written, which for a directory may be relative.
  private let text: String
  /// Whether it is fine that it isn't there, as a workspace's own `modules/`.
  package let isOptional: Bool

  init(place: Place, text: String, isOptional: Bool = false) {
    self.place = place
    self.text = text
    self.isOptional = isOptional
  }

  /// The workspace's own modules, `modules/`, which don't have to be there.
  package static func workspace(at root: FilePath) -> ModuleSource {
    ModuleSource(place: .directory(root.appending("modules")), text: "modules", isOptional: true)
  }

  /// A directory, named as people should see it.
  package static func directory(_ path: FilePath, shownAs text: String) -> ModuleSource {
    ModuleSource(place: .directory(path), text: text)
  }
}

extension ModuleSource: CustomStringConvertible {
  /// As it was written: it reads as the same source again, from the same directory.
  package var description: String { text }
}

extension ModuleSource: Hashable {
  package static func == (left: ModuleSource, right: ModuleSource) -> Bool { left.place == right.place }
  package func hash(into hasher: inout Hasher) { hasher.combine(place) }
}
