import ConfigMerge
import Model
package import SystemPackage

/// The repository that modules are added to: a directory with, or for, a root `pyproject.toml`.
package struct Repository: Sendable, Hashable {
  package let root: FilePath

  package init(root: FilePath) { self.root = root }

  /// Where added modules are, below the root.
  static let modules = "modules"

  /// The repository's `pyproject.toml`, by name.
  static let projectFile = "pyproject.toml"

  /// The repository that a directory is in.
  ///
  /// That is the nearest directory upwards with `shared-config.json` (or `.yaml`), else the nearest with a `pyproject.toml`
  /// that is no module's, else the one with `.git`, else the directory itself. A directory with `.git` is the last that is looked at.
  package static func find(from directory: FilePath) -> Repository {
    var ancestors: [FilePath] = []
    var place = directory
    while true {
      ancestors.append(place)
      if has(".git", in: place) || place.removingLastComponent() == place || place.components.isEmpty {
        break
      }
      place = place.removingLastComponent()
    }
    let configurations = ["shared-config.json", "shared-config.yaml", "shared-config.yml"]
    let root =
      ancestors.first { place in configurations.contains { has($0, in: place) } }
      ?? ancestors.first { has(projectFile, in: $0) && !isModule($0) }
      ?? ancestors.first { has(".git", in: $0) }
    return Repository(root: root ?? directory)
  }

  private static func has(_ name: String, in directory: FilePath) -> Bool {
    FileStatus(of: directory.appending(name)) != nil
  }

  /// A project that can't be read is no module; adding to it tells what is wrong.
  private static func isModule(_ directory: FilePath) -> Bool {
    (try? AddedModule.read(in: directory, path: directory.string)) != nil
  }
}
