import Artifacts
import ConfigMerge
import Model
import SystemPackage

/// A source's modules as they are on disk: the directory itself is one, or those in it are.
struct ModuleDirectory: Sendable {
  let source: ModuleSource
  /// Without links.
  let root: FilePath
  /// What the root may not be left for over links; nil for a directory of the user's own.
  var tree: FilePath?
  var revision: String?

  /// Every module with a good manifest, and what is wrong with the others.
  func all() throws -> (modules: [FoundModule], problems: [Diagnostic]) {
    var found: [ModuleName: FoundModule] = [:]
    var problems: [Diagnostic] = []
    for place in try places() {
      do {
        let module = try load(place)
        if let first = found[module.manifest.name] {
          problems.append(Self.twice(first, module))
        } else {
          found[module.manifest.name] = module
        }
      } catch {
        problems += Diagnostic.all(of: error)
      }
    }
    return (found.values.sorted { $0.manifest.name < $1.manifest.name }, problems)
  }

  private static func twice(_ first: FoundModule, _ second: FoundModule) -> Diagnostic {
    Diagnostic(
      .warning, "the module '\(second.manifest.name)' is there twice",
      at: SourcePosition(file: second.manifest.file, line: 1, column: 1),
      hint: "'\(first.manifest.file)' is the one that counts; rename or remove the other")
  }

  /// The module of a name: first where its name says, then wherever it is.
  ///
  /// - Returns: the module, or nil with what is wrong with those that could have been it.
  /// - Throws: what is wrong with the module in the directory of that name.
  func find(_ name: ModuleName) throws -> (module: FoundModule?, problems: [Diagnostic]) {
    let spellings = [name.description, name.importName, name.importName.replacing("_", with: "-")]
    for place in spellings where ModuleManifest.isThere(in: root.appending(place)) && !isModule {
      let module = try load(place)
      if module.manifest.name == name { return (module, []) }
    }
    var problems: [Diagnostic] = []
    for place in try places() where !spellings.contains(place) {
      do {
        let module = try load(place)
        if module.manifest.name == name { return (module, []) }
      } catch {
        problems += Diagnostic.all(of: error)
      }
    }
    return (nil, problems)
  }

  /// The one module that the directory itself is.
  func single() throws -> FoundModule {
    guard isModule else { throw SourceError.notModules(redacting(source.description)) }
    return try load("")
  }

  private var isModule: Bool { ModuleManifest.isThere(in: root) }

  /// The names of the directories that have a manifest, sorted; the empty name for the root itself.
  private func places() throws -> [String] {
    if isModule { return [""] }
    return try listDirectory(root).filter { name in
      !name.hasPrefix(".") && ModuleManifest.isThere(in: root.appending(name))
    }
  }

  private func load(_ place: String) throws -> FoundModule {
    let directory = try realPath(place.isEmpty ? root : root.appending(place))
    if let tree, !directory.starts(with: tree) {
      throw SourceError.leavesSource(place, source: redacting(source.description))
    }
    let manifest = try ModuleManifest.load(from: directory, shownAs: source.shownPath(of: place))
    return FoundModule(
      manifest: manifest, directory: directory, source: source, revision: revision,
      reference: source.reference(to: place, in: directory, at: revision))
  }
}

extension Diagnostic {
  /// Every problem that an error tells of.
  static func all(of error: any Error) -> [Diagnostic] {
    (error as? ConfigurationErrors)?.diagnostics ?? [Diagnostic(error)]
  }
}
