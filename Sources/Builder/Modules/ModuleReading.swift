import Artifacts
import ConfigMerge
import Model
import Modules
import SystemPackage

/// Reads one module of the workspace: a source is rendered with its options, an added module is taken as it is.
struct ModuleReading: Sendable {
  let name: ModuleName
  let workspace: FilePath
  let options: [String: Located<OptionText>]
  /// The module's configuration file as positions write it, when it has one.
  let configFile: String?
  let variables: [String: String]

  /// The directory as positions write it.
  private var shownAs: String { "modules/\(name)" }
  private var directory: FilePath { workspace.pushing(FilePath(shownAs)) }
  private var files: ModuleFiles {
    ModuleFiles(directory: directory, shownAs: shownAs, variables: variables)
  }

  func package() async throws -> ModulePackage {
    ModuleManifest.isThere(in: directory) ? try await rendered() : try await added()
  }

  private func added() async throws -> ModulePackage {
    if let option = options.min(by: { $0.key < $1.key }) {
      throw ModuleError.fixedOptions(option.value.position, module: name)
    }
    let text = String(decoding: try readFile(directory.appending("pyproject.toml")), as: UTF8.self)
    let project = try ModuleProject(parsing: text, file: "\(shownAs)/pyproject.toml", of: name)
    return ModulePackage(
      name: name, version: project.version, summary: project.summary, python: project.python,
      dependencies: project.dependencies, needs: project.needs, scripts: project.scripts,
      files: try await files.read())
  }

  /// The package that adding the module would make; positions are those of its manifest.
  private func rendered() async throws -> ModulePackage {
    let shelf = ModuleShelf(sources: [], cache: workspace)
    let module = try await shelf.module(atReference: shownAs, relativeTo: workspace)
    let manifest = module.manifest
    guard manifest.name == name else {
      let place = SourcePosition(file: manifest.file, line: 1, column: 1)
      throw ModuleError.otherName(place, name: manifest.name.description, directory: name.description)
    }
    let chosen = try values(for: manifest)
    let ignored = try await files.ignoredByGit()
    let rendered = try await blocking { _ in
      try render(module, options: chosen, recordedAs: shownAs, ignoring: ignored)
    }
    let text = String(decoding: rendered.file(at: "pyproject.toml")?.bytes ?? [], as: UTF8.self)
    let project = try ModuleProject(parsing: text, file: manifest.file, of: name)
    let files = rendered.files.filter { $0.path.hasPrefix(ModuleFiles.folder) }
    return ModulePackage(
      name: name, version: project.version, summary: project.summary,
      python: project.python.map { python in
        Located(python.value, at: manifest.python?.position ?? python.position, origin: .module)
      },
      platforms: manifest.platforms.count < Platform.all.count ? manifest.platforms : nil,
      dependencies: project.dependencies.map { dependency in
        manifest.dependencies.first { $0.requirement.value == dependency.value }?.requirement ?? dependency
      },
      needs: project.needs.map { need in
        let position = manifest.needs.first { $0.name.packageName == need.value.name }?.position
        return Located(need.value, at: position ?? need.position, origin: .module)
      },
      scripts: project.scripts, files: files.map(PackageFile.init))
  }

  /// The configuration's options as the manifest has them, all of which have to be there or have a default.
  private func values(for manifest: ModuleManifest) throws(ModuleError) -> [String: OptionValue] {
    var values: [String: OptionValue] = [:]
    for (key, given) in options.sorted(by: { $0.key < $1.key }) {
      guard let option = manifest.options.first(where: { $0.name == key }) else {
        let known = manifest.options.map(\.name)
        throw .unknownOption(
          given.position, module: name, option: key, nearest: nearest(to: key, in: known), known: known)
      }
      do throws(ParseError) { values[key] = try option.value(parsing: given.value.text) } catch {
        throw .badOption(given.position, error)
      }
    }
    if let missing = manifest.missingOptions(given: values).first {
      let place = configFile.map { SourcePosition(file: $0, line: 1, column: 1) } ?? missing.position
      throw .missingOption(place, module: name, option: missing.name)
    }
    return values
  }
}

extension PackageFile {
  fileprivate init(_ file: RenderedFile) {
    self.init(
      path: String(file.path.dropFirst(ModuleFiles.folder.count)), bytes: file.bytes,
      digest: Digest.sha256(of: file.bytes), isExecutable: file.isExecutable)
  }
}
