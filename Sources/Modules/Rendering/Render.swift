package import ConfigMerge
import Model

/// Chooses a module's options and makes all its files.
///
/// Options that aren't given have their default. `source` is what the module's `pyproject.toml` says of where it comes
/// from; by default the module's own reference. Of the directories that it copies, the `ignored` files are passed over;
/// a directory among them has a slash behind it.
/// - Throws: `RenderingError` for options and paths that will not do, `TemplateError` with the place in the template, and
///   `FileError`.
package func render(
  _ module: FoundModule, options: [String: OptionValue] = [:], recordedAs source: String? = nil,
  ignoring ignored: Set<String> = []
) throws -> RenderedModule {
  let manifest = module.manifest
  let options = try manifest.completing(options)
  let variables = TemplateVariables(manifest, options: options)
  var targets = TargetTree()
  var files: [RenderedFile] = []
  var survey = FileSurvey(module, ignoring: ignored)
  for entry in manifest.files where entry.condition.holds(for: options) {
    let target = try ModuleTarget(entry, variables: variables)
    for file in try survey.files(of: entry, under: target) {
      try targets.add(file.target, of: entry)
      let bytes = try readFile(file.source)
      let content =
        entry.isTemplate
        ? Array(try Template(bytes, file: file.shownSource).render(variables).utf8) : bytes
      files.append(RenderedFile(path: file.target, bytes: content, isExecutable: file.isExecutable))
    }
  }
  try checkPackage(of: manifest, in: files)
  let source = source ?? module.reference
  let project = ModuleProject(manifest: manifest, options: options, source: source, files: files)
  files.append(
    RenderedFile(path: RenderedModule.projectFile, bytes: Array(project.text.utf8), isExecutable: false))
  return RenderedModule(
    manifest: manifest, options: options, source: source,
    files: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
    notes: try notes(of: manifest, variables))
}

/// Finds out before uv does that there is nothing to import.
private func checkPackage(of manifest: ModuleManifest, in files: [RenderedFile]) throws(RenderingError) {
  let wanted = "src/\(manifest.name.importName)/__init__.py"
  guard files.contains(where: { $0.path == wanted }) else {
    throw .noPackage(manifest.name, wanted: wanted, manifest: manifest.file)
  }
}

private func notes(of manifest: ModuleManifest, _ variables: TemplateVariables) throws -> String? {
  guard let notes = manifest.notes else { return nil }
  guard let position = notes.position else { return notes.value }
  return try Template(notes.value, at: position).render(variables)
}

extension TemplateVariables {
  init(_ manifest: ModuleManifest, options: [String: OptionValue]) {
    var values = options
    values["name"] = .text(manifest.name.description)
    values["package"] = .text(manifest.name.importName)
    values["version"] = .text(manifest.version.description)
    values["summary"] = .text(manifest.summary)
    values["python"] = .text(manifest.lowestPython)
    var choices: [String: [String]] = [:]
    for option in manifest.options {
      if case .choice(let words) = option.kind { choices[option.name] = words }
    }
    self.init(values, choices: choices)
  }
}
