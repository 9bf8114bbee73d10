import Model
import SystemPackage
import TOMLFiles

/// What of a `pyproject.toml` decides how its project is prepared and run.
struct Pyproject: Sendable {
  let name: PackageName?
  /// `[project.scripts]`: what each starts, as in `etl.cli:main`.
  let scripts: [String: String]
  /// `[tool.uv.workspace]`; nil when the project is no workspace's root.
  let workspace: WorkspaceMembers?

  /// Reads a file, which errors call `file`.
  ///
  /// - Throws: `FileError`, and `ProjectsError` for what is no TOML or has values of another kind.
  init(_ path: FilePath, shownAs file: String) throws {
    let text = String(decoding: try readFile(path), as: UTF8.self)
    let reader = try TOMLReader<ProjectsError>(text, file: file)
    let project = try reader.subtable("project")
    name =
      try project?.has("name") == true
      ? project?.parsed("name") { text throws(ParseError) in try PackageName(parsing: text) } : nil
    let scripts = try project?.subtable("scripts")
    self.scripts = try (scripts?.keys ?? []).reduce(into: [:]) { $0[$1] = try scripts?.string($1) }
    let workspace = try reader.subtable("tool")?.subtable("uv")?.subtable("workspace")
    self.workspace = try workspace.map {
      WorkspaceMembers(members: try $0.strings("members"), exclude: try $0.strings("exclude"))
    }
  }
}
