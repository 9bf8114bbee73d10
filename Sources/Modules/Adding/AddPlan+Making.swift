import ConfigMerge
import Model
import SystemPackage

extension AddPlan {
  /// Compares what the modules would write with what is there.
  ///
  /// - Throws: `AddError` for what stands in the way, `ProjectError` for a root `pyproject.toml` that can't be added to,
  ///   `AddedModuleError`, and `FileError`.
  package static func make(adding modules: [RenderedModule], to repository: Repository) throws -> AddPlan {
    var places = try RepositoryPlaces(repository)
    var planned: [PlannedModule] = []
    var files: [PlannedFile] = []
    for module in modules {
      let name = module.manifest.name
      guard !planned.contains(where: { $0.module.manifest.name == name }) else {
        throw AddError.addedTwice(name)
      }
      let ground = ModuleGround(repository: repository, module: module)
      for file in module.files {
        let path = "\(ground.path)/\(file.path)"
        let old = try places.bytes(at: path)
        files.append(PlannedFile(file, at: path, of: name, over: old))
      }
      planned.append(PlannedModule(module: module, directory: ground.path, previous: try ground.previous()))
    }
    let members = planned.map { ProjectMember($0.module, directory: $0.directory) }
    let (project, requiredPython) = try project(for: members, of: repository, places: &places)
    return AddPlan(
      repository: repository, modules: planned,
      files: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }, project: project,
      warnings: planned.flatMap { warnings(of: $0, requiredPython: requiredPython) })
  }

  private static func project(
    for members: [ProjectMember], of repository: Repository, places: inout RepositoryPlaces
  ) throws -> (PlannedProject, requiredPython: String?) {
    let file = Repository.projectFile
    let old = try places.bytes(at: file)
    let directory = repository.root.lastComponent?.string ?? ""
    let start = old ?? NewProject(directory: directory, members: members).bytes
    var project = try RootProject(start, file: file)
    for member in members { try project.add(member) }
    let planned = PlannedProject(
      path: file, oldBytes: old, bytes: try project.finished(), additions: project.additions)
    return (planned, project.requiredPython)
  }

  private static func warnings(of planned: PlannedModule, requiredPython: String?) -> [Diagnostic] {
    let name = planned.module.manifest.name
    var warnings: [Diagnostic] = []
    if let previous = planned.previous, let difference = previous.difference(to: planned.module) {
      warnings.append(
        Diagnostic(
          .warning, "'\(name)' was added before, \(difference)",
          hint: "'ppp modules diff \(name)' shows what differs"))
    }
    let module = planned.module.manifest.requiredPython
    if let requiredPython, let problem = PythonRange(module).problem(of: PythonRange(requiredPython)) {
      warnings.append(
        Diagnostic(
          .warning, "'\(name)' needs Python \(module), and the project says \(requiredPython): \(problem)",
          at: SourcePosition(file: Repository.projectFile, line: 1, column: 1),
          hint: "set requires-python in [project] to what all of them run on"))
    }
    return warnings
  }
}

extension PlannedFile {
  init(_ file: RenderedFile, at path: String, of module: ModuleName, over old: [UInt8]?) {
    let change: Change =
      switch old {
      case nil: .create
      case file.bytes?: .identical
      case let old?: .differs(old)
      }
    self.init(path: path, module: module, bytes: file.bytes, isExecutable: file.isExecutable, change: change)
  }
}

extension AddedModule {
  /// In what a module that is to be added differs from this one; nil when it doesn't.
  fileprivate func difference(to module: RenderedModule) -> String? {
    if version != module.manifest.version {
      return "in version \(version); this is \(module.manifest.version)"
    }
    if source != module.source { return "from '\(source)'; this is from '\(module.source)'" }
    guard options != module.options else { return nil }
    let words = options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "with " + (words.isEmpty ? "no options" : words.joined(separator: ", "))
  }
}

extension PythonRange {
  /// What comes of it when a project's Pythons are not all a module's; nil when they are.
  fileprivate func problem(of project: PythonRange) -> String? {
    if minors.isSuperset(of: project.minors) { return nil }
    return minors.isDisjoint(with: project.minors)
      ? "no Python is right for both" : "it will not run on all of them"
  }
}
