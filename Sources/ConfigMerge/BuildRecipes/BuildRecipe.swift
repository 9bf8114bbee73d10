package import Model
package import SystemPackage

/// How a package is built whose source can't be built as it is: `recipes/<package>/recipe.json`.
///
/// It says only how. Whether a package is built from source is decided by the rules of a runenv, and by there being
/// no wheel.
package struct BuildRecipe: Sendable, Hashable {
  /// A file from elsewhere that the source lacks.
  package struct Addition: Sendable, Hashable {
    package let url: String
    package let sha256: Digest
    /// Where it goes in the source; what ends with `/` is a directory that an archive is unpacked into.
    package let to: String
  }

  package let package: PackageName
  /// Why the source can't be built without.
  package let reason: String
  /// The versions of the package that it is for, as PEP 440 specifiers; nil for all.
  package let versions: String?
  /// The interpreters that it is for, likewise.
  package let python: String?
  /// The platforms that it is for, in ppp's order.
  package let platforms: [Platform]
  /// What the build environment holds, in place of what the package asks for; nil leaves that to the package.
  package let buildRequires: [Requirement]?
  /// `KEY=VALUE` settings for the build backend, in their order; `{packageRoot}` is the recipe's directory.
  package let configSettings: [String]
  /// Variables of the build; `{packageRoot}` as above.
  package let environment: [String: String]
  /// Files with patches for the source, relative to the recipe's directory, in the order in which they are applied.
  package let patches: [Located<String>]
  package let additions: [Addition]
  /// Programs, headers and libraries that the building machine must have.
  package let systemRequires: [String]
  /// What the package asks for once it is installed, where its source can't be asked for that; nil asks the source.
  package let dependencies: [Requirement]?
  /// In seconds; nil for what `build.timeout` says.
  package let timeout: Int?
  /// A program and its arguments, to run where the wheel and what it needs are installed; none when empty.
  package let test: [String]
  /// What the test needs besides.
  package let testRequires: [Requirement]
  /// Where its files are, without links.
  package let directory: FilePath
  /// The file as positions name it.
  package let file: String

  /// The names of a recipe's file, of which a recipe has one.
  package static let fileNames = ["recipe.json", "recipe.yaml", "recipe.yml"]
  /// What stands in texts for a directory: the recipe's, in a rule the runenv's.
  package static let placeholder = "{packageRoot}"
}

extension BuildRecipe {
  /// Whether it is for a package's version in that environment; without a version it is if it may be.
  package func serves(version: PackageVersion?, python: PythonVersion, on platform: Platform) -> Bool {
    guard platforms.contains(platform) else { return false }
    if let range = self.python, let own = PackageVersion(python.description),
      !VersionRange(range).containsIncludingPrereleases(own)
    {
      return false
    }
    guard let versions, let version else { return true }
    return VersionRange(versions).containsIncludingPrereleases(version)
  }

  /// A setting's text with the recipe's directory in place of `{packageRoot}`.
  package func filled(_ text: String) -> String {
    text.replacing(Self.placeholder, with: directory.string)
  }
}
