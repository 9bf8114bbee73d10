package import ConfigMerge
import Model
import Modules
import SystemPackage

/// Finds out what the modules that are built into runenvs hold and ask for.
package struct ModuleSurvey: Sendable {
  private let workspace: Workspace
  private let variables: [String: String]

  /// Names a workspace; `variables` is the process's environment, for finding git.
  package init(of workspace: Workspace, variables: [String: String]) {
    self.workspace = workspace
    self.variables = variables
  }

  /// The workspace with its modules' cells; itself when no module is built into a runenv.
  ///
  /// - Throws: `ConfigurationErrors` with what is wrong with all modules together.
  package func injected() async throws -> Workspace {
    let declared = workspace.declaredModules.filter { !$0.runenvs.isEmpty }
    guard !declared.isEmpty else { return workspace }
    var closure = ModuleClosure(workspace: workspace, variables: variables)
    var packages: [ModuleName: [ModulePackage]] = [:]
    var problems: [Diagnostic] = []
    var sources = workspace.sources
    for module in declared {
      do {
        packages[module.name] = try await closure.packages(of: module.name)
      } catch let error as ConfigurationErrors {
        problems += error.diagnostics
        sources.merge(error.sources) { $1 }
      } catch let error as any UserFacingError {
        problems.append(Diagnostic(error))
      }
    }
    guard problems.isEmpty else { throw ConfigurationErrors(diagnostics: problems, sources: sources) }
    return try workspace.injecting(packages)
  }
}

/// Modules with what they need of `modules/`, each read once.
private struct ModuleClosure {
  let workspace: Workspace
  let variables: [String: String]
  private var known: [ModuleName: ModulePackage] = [:]

  init(workspace: Workspace, variables: [String: String]) {
    self.workspace = workspace
    self.variables = variables
  }

  /// What the module needs, each before what needs it, and itself at the end.
  mutating func packages(of name: ModuleName) async throws -> [ModulePackage] {
    var found: [ModulePackage] = []
    try await collect(name, behind: [], into: &found)
    return found
  }

  private mutating func collect(
    _ name: ModuleName, behind path: [ModuleName], into found: inout [ModulePackage]
  ) async throws {
    if let start = path.firstIndex(of: name) { throw ModuleError.cycle(path[start...] + [name]) }
    if found.contains(where: { $0.name == name }) { return }
    let package = try await package(name)
    for need in package.needs {
      let needed = try neighbour(need, of: name)
      try await collect(needed, behind: path + [name], into: &found)
      let version = try await self.package(needed).version
      guard VersionRange(need.value.specifiers).containsIncludingPrereleases(version) else {
        throw ModuleError.otherVersion(need.position, module: name, need: need.value, version: version)
      }
    }
    found.append(package)
  }

  private mutating func package(_ name: ModuleName) async throws -> ModulePackage {
    if let package = known[name] { return package }
    let declared = workspace.declaredModules.first { $0.name == name }
    let reading = ModuleReading(
      name: name, workspace: workspace.root, options: declared?.options ?? [:],
      configFile: declared.flatMap { module in
        module.configFile?.lastComponent.map { "\(module.shownAs)/\($0.string)" }
      }, variables: variables)
    let package = try await reading.package()
    known[name] = package
    return package
  }

  /// The directory in `modules/` that a need means.
  private func neighbour(_ need: Located<Requirement>, of module: ModuleName) throws -> ModuleName {
    let names = try listDirectory(workspace.root.appending("modules")).compactMap { name in
      parsedName(name)
    }
    guard let found = names.first(where: { $0.packageName == need.value.name }) else {
      throw ModuleError.unknownNeed(
        need.position, module: module, need: need.value.name,
        nearest: nearest(to: need.value.name.normalized, in: names.map(\.description)))
    }
    return found
  }

  /// Nil for a directory whose name no module can have.
  private func parsedName(_ text: String) -> ModuleName? {
    do throws(ParseError) { return try ModuleName(parsing: text) } catch { return nil }
  }
}
