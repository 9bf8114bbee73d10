import ConfigMerge
import Model
import SystemPackage

/// Makes a workspace of these files and loads it.
func workspace<Value>(
  _ files: [String: String], _ body: (FilePath, Workspace) throws -> Value
) async throws -> Value {
  try await withFiles(files) { root in try body(root, try Workspace.load(at: root)) }
}

func workspace(_ files: [String: String]) async throws -> Workspace { try await workspace(files) { $1 } }

func withFiles<Value>(_ files: [String: String], _ body: (FilePath) throws -> Value) async throws -> Value {
  try await withTemporaryDirectory(in: "/tmp") { root in
    for (name, text) in files {
      let file = root.appending(name)
      try makeDirectory(file.removingLastComponent())
      try writeAtomically(text.utf8, to: file)
    }
    return try body(root)
  }
}

/// The recipe of one runenv, python-3.13.5, over a shared configuration.
func recipe(shared: String = "{}", own: String = "{}", on platform: Platform = .linuxX64) async throws
  -> Recipe
{
  let files = ["shared-config.json": shared, "runenvs/python-3.13.5/config.json": own]
  let recipe = try await workspace(files).recipe(for: CellID(runenv: "python-3.13.5", platform: platform))
  guard let recipe else { throw MissingRecipe() }
  return recipe
}

struct MissingRecipe: Error {}

/// What is wrong with a workspace: `file:line:column: message`, and the hint behind ` | `.
func problems(in files: [String: String]) async throws -> [String] {
  try await withFiles(files) { root in
    do throws(ConfigurationErrors) {
      _ = try Workspace.load(at: root)
      return []
    } catch {
      return error.diagnostics.map(\.summary)
    }
  }
}

/// What is wrong with a shared configuration.
func problems(json: String) async throws -> [String] { try await problems(in: ["shared-config.json": json]) }
func problems(yaml: String) async throws -> [String] { try await problems(in: ["shared-config.yaml": yaml]) }

extension Diagnostic {
  var summary: String {
    (position.map { "\($0): " } ?? "") + message + (hint.map { " | \($0)" } ?? "")
  }
}
