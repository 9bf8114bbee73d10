import Model
import Projects
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A repository of the test's own, in a directory that goes with it.
struct ProjectScene {
  let root: FilePath

  func write(_ name: String, _ text: String, isExecutable: Bool = false) throws {
    let path = root.pushing(FilePath(name))
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(
      text.utf8, to: path, permissions: FilePermissions(rawValue: isExecutable ? 0o755 : 0o644))
  }

  /// A project that requires nothing.
  func addModule(_ folder: String, name: String? = nil, more: String = "") throws {
    try write(
      "modules/\(folder)/pyproject.toml",
      """
      [project]
      name = "\(name ?? folder)"
      version = "1.0.0"
      \(more)

      """)
  }

  func repository() throws -> ProjectRepository { try ProjectRepository(at: root) }

  func module(_ name: String) throws -> ProjectModule { try repository().selectProjects([name])[0] }
}

/// Gives the body an empty repository.
func inRepository(_ body: (ProjectScene) async throws -> Void) async throws {
  try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-projects-") { directory in
    try await body(ProjectScene(root: realPath(directory)))
  }
}
