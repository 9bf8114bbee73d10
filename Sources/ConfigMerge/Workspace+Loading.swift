import Model
package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

extension Workspace {
  /// The names of the shared configuration, of which a workspace has one.
  package static let sharedNames = ["shared-config.json", "shared-config.yaml", "shared-config.yml"]
  static let ownNames = ["config.json", "config.yaml", "config.yml"]

  /// The nearest directory, from `directory` upwards, that has a shared configuration.
  package static func find(from directory: FilePath) -> FilePath? {
    var place = directory
    while true {
      if sharedNames.contains(where: { isFile(place.appending($0)) }) { return place }
      guard place.removeLastComponent() else { return nil }
    }
  }

  /// Reads every configuration file of the workspace.
  ///
  /// In `runenvs/`, plain files and names that start with a dot are passed over; every other directory is a runenv.
  /// Modules have no cells before `injecting` is told what they hold.
  ///
  /// - Throws: the problems of all files together.
  package static func load(at root: FilePath) throws(ConfigurationErrors) -> Workspace {
    var loader = WorkspaceLoader(root: root)
    let sharedFile = loader.configurationFile(among: sharedNames, in: root)
    if sharedFile == nil, loader.problems.isEmpty {
      loader.report(
        "there is no shared-config.json in '\(root)'", hint: "make one to start a workspace; {} will do")
    }
    let shared = sharedFile.map { loader.read($0, origin: .shared, base: root) } ?? Configuration()
    let runenvs = loader.runenvDirectories().map { directory, name in
      let file = loader.configurationFile(among: ownNames, in: directory)
      let own = file.map { loader.read($0, origin: .runenv, base: directory) } ?? Configuration()
      let merge = Merge([shared, own])
      return Runenv(
        id: directory.lastComponent?.string ?? "", python: name.python, variant: name.variant,
        directory: directory,
        configFile: file, platforms: merge.targets.map(\.platform), merge: merge)
    }
    let modules = loader.declaredModules(shared: shared, runenvs: runenvs)
    let recipes = DeclaredRecipes(own: loader.buildRecipes(), sources: shared.recipeSources)
    if !loader.hasErrors { loader.examine(runenvs, shared: shared) }
    guard !loader.hasErrors else {
      throw ConfigurationErrors(diagnostics: loader.problems, sources: loader.sources)
    }
    return Workspace(
      root: root, runenvs: runenvs, warnings: loader.problems, sources: loader.sources,
      moduleSources: shared.moduleSources, licencePolicy: shared.licences,
      declaredRecipes: recipes, declaredModules: modules)
  }

  static func isFile(_ path: FilePath) -> Bool { kind(of: path, followingLinks: true) == S_IFREG }
  static func isDirectory(_ path: FilePath) -> Bool { kind(of: path, followingLinks: true) == S_IFDIR }

  /// The file type bits of what is at a path; nil when nothing is.
  static func kind(of path: FilePath, followingLinks: Bool) -> mode_t? {
    var status = stat()
    let result = followingLinks ? stat(path.string, &status) : lstat(path.string, &status)
    return result == 0 ? status.st_mode & S_IFMT : nil
  }
}
