import Artifacts
import ConfigMerge
import Model
import TOMLFiles
import Tools

/// The `pyproject.toml` of an added module: a complete Python project (PEP 621), and below it what ppp was told to do.
struct ModuleProject {
  let manifest: ModuleManifest
  let options: [String: OptionValue]
  let source: String
  /// All other files of the module.
  let files: [RenderedFile]

  var text: String {
    var toml = TOMLText()
    writeProject(to: &toml)
    writeUV(to: &toml)
    let project = toml.text
    toml.table("tool.ppp.module")
    toml.field("source", source)
    toml.field("version", manifest.version.description)
    if !options.isEmpty {
      toml.table("tool.ppp.module.options")
      for (name, value) in options.sorted(by: { $0.key < $1.key }) { toml.raw(name, value.tomlText) }
    }
    toml.table("tool.ppp.module.files")
    let digests =
      files.map { ($0.path, Digest.sha256(of: $0.bytes)) }
      + [(RenderedModule.projectFile, Digest.sha256(of: project))]
    for (path, digest) in digests.sorted(by: { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }) {
      toml.field(path, digest.hex)
    }
    return toml.text
  }

  private func requirements(_ all: [ModuleRequirement]) -> [String] {
    var seen: Set<String> = []
    return all.filter { $0.condition.holds(for: options) }.map(\.requirement.value.description)
      .filter { seen.insert($0).inserted }
  }

  private func writeProject(to toml: inout TOMLText) {
    toml.table("project")
    toml.field("name", manifest.name.description)
    toml.field("version", manifest.version.description)
    toml.field("description", manifest.summary)
    if files.contains(where: { $0.path == "README.md" }) { toml.field("readme", "README.md") }
    toml.field("requires-python", manifest.requiredPython)
    toml.field("dependencies", requirements(manifest.dependencies) + manifest.needs.map(\.description))
    if let entryPoint = manifest.entryPoint {
      toml.table("project.scripts")
      toml.field(manifest.name.description, entryPoint)
    }
  }

  private func writeUV(to toml: inout TOMLText) {
    let development = requirements(manifest.devDependencies)
    if !development.isEmpty {
      toml.table("dependency-groups")
      toml.field("dev", development)
    }
    if !manifest.needs.isEmpty {
      toml.table("tool.uv.sources")
      for need in manifest.needs { toml.raw(need.name.description, "{ workspace = true }") }
    }
    toml.table("build-system")
    toml.field("requires", [Self.buildRequirement])
    toml.field("build-backend", "uv_build")
  }

  /// The backend of the uv that ppp has, and of its bug fixes.
  private static var buildRequirement: String {
    let numbers = Toolbox.uvVersion.split(separator: ".").compactMap { Int($0) }
    guard numbers.count > 1 else { return "uv_build>=\(Toolbox.uvVersion)" }
    return "uv_build>=\(Toolbox.uvVersion),<\(numbers[0]).\(numbers[1] + 1)"
  }
}

extension OptionValue {
  /// As TOML writes it.
  fileprivate var tomlText: String {
    switch self {
    case .text(let text): TOMLText.quoted(text)
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .boolean(let flag): String(flag)
    }
  }
}
