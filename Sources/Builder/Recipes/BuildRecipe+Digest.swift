import Artifacts
package import ConfigMerge
package import Model
import SystemPackage

extension BuildRecipe {
  /// Raised whenever the same recipe would build another way.
  private static let formatVersion = "1"
  /// A recipe has a few patches and tests; what has more files is something else.
  private static let fileLimit = 10_000

  /// The recipe with its digest; `reference` is what finds it again.
  ///
  /// - Throws: `FileError` where one of its files can't be read, `RecipeError.tooManyFiles`.
  package func served(as reference: String) throws -> ServedRecipe {
    ServedRecipe(recipe: self, digest: try digest(), reference: reference)
  }

  /// Of what it says but for whom and why, and of all files that lie beside it.
  private func digest() throws -> Digest {
    var fields: [String] = [Self.formatVersion, package.normalized]
    func add(_ name: String, _ values: [String]) { fields += ["\(name) \(values.count)"] + values }
    add("requires", (buildRequires ?? []).map(\.description))
    add("settings", configSettings)
    add("env", environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    add("patches", patches.map(\.value))
    add("sources", additions.map { "\($0.sha256.hex) \($0.to)" })
    add("test", test)
    add("test requires", testRequires.map(\.description))
    add("files", try files())
    return Digest.sha256(of: CanonicalJSON.array(fields.map(CanonicalJSON.string)))
  }

  /// The files of its directory with their digests, but for its own and hidden ones, sorted by path.
  private func files() throws -> [String] {
    var found: [String] = []
    func walk(_ folder: FilePath, _ prefix: String) throws {
      for name in try listDirectory(folder) where !name.hasPrefix(".") {
        let (path, place) = (folder.appending(name), prefix + name)
        guard found.count < Self.fileLimit else {
          throw RecipeError.tooManyFiles(package, limit: Self.fileLimit)
        }
        switch FileStatus(of: path, followingLinks: false)?.kind {
        case .directory: try walk(path, place + "/")
        case .file where prefix.isEmpty && Self.fileNames.contains(name): break
        case .file: found.append("\(place) \(Digest.sha256(of: try readFile(path)).hex)")
        default: break
        }
      }
    }
    try walk(directory, "")
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Why recipes can't be used.
package enum RecipeError: UserFacingError, Equatable {
  case tooManyFiles(PackageName, limit: Int)

  package var description: String {
    switch self {
    case .tooManyFiles(let name, let limit): "the recipe for '\(name)' has more than \(limit) files"
    }
  }

  package var hint: String? {
    switch self {
    case .tooManyFiles:
      "a recipe's directory holds its patches and tests; fetch what is larger by its 'sources'"
    }
  }
}
