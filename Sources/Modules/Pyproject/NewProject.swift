import Model
import TOMLFiles

/// The `pyproject.toml` of a repository that had none: small, complete, and nothing in it but the modules.
struct NewProject {
  /// What the repository's directory is called.
  let directory: String
  let members: [ProjectMember]

  var bytes: [UInt8] {
    var toml = TOMLText()
    toml.table("project")
    toml.field("name", name)
    toml.field("version", "0.1.0")
    toml.field("requires-python", requiredPython)
    toml.raw("dependencies", "[]")
    return Array(toml.text.utf8)
  }

  /// The directory's name if it can be one, and no module has it.
  private var name: String {
    let words = directory.lowercased().split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
    let name = words.isEmpty ? "project" : words.joined(separator: "-")
    let isTaken = members.contains { $0.name.normalized == name }
    return isTaken ? name + "-project" : name
  }

  /// What all modules allow: the highest of lower bounds, else all that they say.
  private var requiredPython: String {
    let specifiers = Set(members.map(\.requiredPython))
    let bounds = specifiers.compactMap { text in
      text.hasPrefix(">=") ? PackageVersion(String(text.dropFirst(2))).map { ($0, text) } : nil
    }
    guard bounds.count == specifiers.count, let highest = bounds.max(by: { $0.0 < $1.0 }) else {
      return specifiers.sorted().joined(separator: ",")
    }
    return highest.1
  }
}
