import Artifacts
import ConfigMerge
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension ModuleDirectory {
  /// A tree in the cache, or a directory in it, neither of which links may lead out of.
  static func opened(
    _ source: ModuleSource, tree: FilePath, subdirectory: String?, revision: String?
  ) throws -> ModuleDirectory {
    let tree = try realPath(tree)
    var root = tree
    if let subdirectory {
      guard FileStatus(of: tree.appending(subdirectory))?.kind == .directory else {
        throw SourceError.missingSubdirectory(subdirectory, source: redacting(source.description))
      }
      root = try realPath(tree.appending(subdirectory))
      guard root.starts(with: tree) else {
        throw SourceError.leavesSource(subdirectory, source: redacting(source.description))
      }
    }
    return ModuleDirectory(source: source, root: root, tree: tree, revision: revision)
  }
}

/// Gives a finished directory its place; where another process was faster, its own is as good.
func settle(_ draft: FilePath, at place: FilePath) throws(FileError) {
  guard rename(draft.string, place.string) != 0 else { return }
  let code = Errno(rawValue: errno)
  if FileStatus(of: place)?.kind == .directory { return }
  throw FileError(verb: "write", path: place, cause: code)
}
