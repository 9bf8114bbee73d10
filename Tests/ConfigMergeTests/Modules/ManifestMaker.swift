import ConfigMerge
import Model

/// A manifest with the required keys on the first three lines and these others, one a line.
func manifest(_ others: [String]) throws -> ModuleManifest {
  let lines = [#""name": "etl""#, #""version": "1.0""#, #""summary": "Loads""#] + others
  let files = others.contains { $0.hasPrefix("\"files\"") } ? [] : [#""files": []"#]
  return try manifest(json: "{" + (lines + files).joined(separator: ",\n ") + "}")
}

func manifest(_ others: String...) throws -> ModuleManifest { try manifest(others) }

func manifest(json: String) throws -> ModuleManifest {
  try ModuleManifest.parse(Array(json.utf8), file: "module.json")
}

/// What is wrong with a manifest: `line:column: message | hint`.
func manifestProblems(_ others: String...) -> [String] {
  do {
    _ = try manifest(others)
    return []
  } catch let error as ConfigurationErrors {
    return error.diagnostics.map { String($0.summary.trimmingPrefix("module.json:")) }
  } catch {
    return ["\(error)"]
  }
}
