package import Model
package import SystemPackage

/// A module of a repository: the Python project in `modules/<folder>`.
package struct ProjectModule: Sendable, Hashable {
  /// The name of its directory, which is what people call it.
  package let folder: String
  /// The name that its project has.
  package let name: PackageName
  /// Absolute.
  package let directory: FilePath
  /// `[project.scripts]`: what each starts, as in `etl.cli:main`.
  package let scripts: [String: String]
  /// Whether it belongs to the uv workspace of the repository's root, and so shares its lock and environment.
  package let isMember: Bool

  /// Its directory as it is told to people and to pytest.
  package var path: String { "modules/\(folder)" }

  /// Whether something in it looks like a test to pytest: a directory `tests` or `test`, or a file `test_*.py` or
  /// `*_test.py` in any directory that is not hidden.
  package func hasTests() throws(FileError) -> Bool {
    if ["tests", "test"].contains(where: { FileStatus(of: directory.appending($0))?.kind == .directory }) {
      return true
    }
    return try Self.hasTestFile(in: directory, depth: 8)
  }

  private static func hasTestFile(in directory: FilePath, depth: Int) throws(FileError) -> Bool {
    for name in try listDirectory(directory) where !name.hasPrefix(".") && name != "node_modules" {
      if name.hasSuffix(".py"), name.hasPrefix("test_") || name.hasSuffix("_test.py") { return true }
      let path = directory.appending(name)
      guard depth > 0, FileStatus(of: path, followingLinks: false)?.kind == .directory else { continue }
      if try hasTestFile(in: path, depth: depth - 1) { return true }
    }
    return false
  }
}
