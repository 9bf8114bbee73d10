import Model
import SystemPackage

extension WorkspaceLoader {
  /// The names of what makes a directory a module.
  private static let markers = ["module.json", "module.yaml", "module.yml", "pyproject.toml"]

  /// The modules that are built into runenvs.
  ///
  /// That are those with a configuration file, and all where the shared configuration says so; other directories
  /// are not looked into.
  mutating func declaredModules(shared: Configuration, runenvs: [Runenv]) -> [DeclaredModule] {
    let parent = root.appending("modules")
    guard Workspace.isDirectory(parent) else { return [] }
    let names: [String]
    do throws(FileError) { names = try listDirectory(parent) } catch {
      report(Diagnostic(error))
      return []
    }
    let shares = shared.moduleRunenvs.map { matches($0, in: runenvs) }
    return names.filter { !$0.hasPrefix(".") }.compactMap { name in
      let directory = parent.appending(name)
      guard Workspace.isDirectory(directory) else { return nil }
      let file = configurationFile(among: Workspace.ownNames, in: directory)
      let isModule = Self.markers.contains { Workspace.isFile(directory.appending($0)) }
      guard file != nil || (shares != nil && isModule) else { return nil }
      return module(name, in: directory, file, isModule: isModule, shared, shares, runenvs)
    }
  }

  private mutating func module(
    _ name: String, in directory: FilePath, _ file: FilePath?, isModule: Bool, _ shared: Configuration,
    _ shares: [String]?, _ runenvs: [Runenv]
  ) -> DeclaredModule? {
    let shownAs = shown(directory)
    let own = file.map { read($0, origin: .module, base: directory) } ?? Configuration()
    guard isModule else {
      report(
        "'\(shownAs)' is no module: there is neither a module.json nor a pyproject.toml", at: start(of: file),
        hint: "add one, or remove the configuration file")
      return nil
    }
    let parsedName: ModuleName
    do throws(ParseError) { parsedName = try ModuleName(parsing: name) } catch {
      report("'\(shownAs)' is not a \(error.expected)", at: start(of: file), hint: error.hint)
      return nil
    }
    let chosen = own.moduleRunenvs.map { matches($0, in: runenvs) } ?? shares
    if chosen == nil {
      report(
        "'\(shownAs)' is built into no runenv", as: .warning, at: start(of: file),
        hint: "name some under 'runenvs', as in \"runenvs\": [\"python-3.13*\"]")
    }
    let platforms = own.platforms ?? shared.modulePlatforms
    if let platforms, let chosen { warn(of: platforms, for: shownAs, without: runenvs, named: chosen) }
    return DeclaredModule(
      name: parsedName, directory: directory, shownAs: shownAs, configFile: file, runenvs: chosen ?? [],
      configuration: own, platforms: platforms)
  }

  private func start(of file: FilePath?) -> SourcePosition? {
    file.map { SourcePosition(file: shown($0), line: 1, column: 1) }
  }

  /// The runenvs that the patterns mean, in order; a pattern that matches none is an error.
  private mutating func matches(_ patterns: [Located<String>], in runenvs: [Runenv]) -> [String] {
    let ids = runenvs.map(\.id)
    var (wanted, refused): ([Glob], [Glob]) = ([], [])
    for pattern in patterns {
      let isNegated = pattern.value.hasPrefix("!")
      let text = isNegated ? String(pattern.value.dropFirst()) : pattern.value
      guard let glob = parsed({ () throws(ParseError) in try Glob(parsing: text) }) else { continue }
      if !ids.contains(where: glob.matches) {
        report(
          "'\(pattern.value)' matches no runenv", at: pattern.position,
          hint: nearest(to: text, in: ids).map { "did you mean '\($0)'?" }
            ?? (ids.isEmpty
              ? "there are none yet" : "the runenvs are \(ids.prefix(8).joined(separator: ", "))"))
      }
      if isNegated { refused.append(glob) } else { wanted.append(glob) }
    }
    return ids.filter { id in
      wanted.contains { $0.matches(id) } && !refused.contains { $0.matches(id) }
    }
  }

  /// Warns where none of the runenvs has one of the platforms.
  private mutating func warn(
    of platforms: [Configuration.Target], for module: String, without runenvs: [Runenv], named ids: [String]
  ) {
    let there = Set(runenvs.filter { ids.contains($0.id) }.flatMap(\.platforms).map(\.value))
    for target in platforms where !ids.isEmpty && !there.contains(target.platform.value) {
      report(
        "none of the runenvs of '\(module)' is built for \(target.platform.value)", as: .warning,
        at: target.platform.position, hint: "remove the platform, or add it to a runenv")
    }
  }
}
