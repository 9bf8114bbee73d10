import ConfigMerge
import Model
import SystemPackage

/// The directory in a repository that a module is to be added to, looked at as a whole.
struct ModuleGround {
  let repository: Repository
  let module: RenderedModule

  var path: String { "\(Repository.modules)/\(module.manifest.name)" }

  private var directory: FilePath {
    repository.root.appending(Repository.modules).appending(module.manifest.name.description)
  }

  /// The module of this name that was added before; nil when there is none.
  ///
  /// - Throws: `AddError` when something else is there, and what is wrong with the record of the one before.
  func previous() throws -> AddedModule? {
    try checkNeighbours()
    guard FileStatus(of: directory)?.kind == .directory else { return nil }
    guard !ModuleManifest.isThere(in: directory) else { throw AddError.isSource(path) }
    if let added = try AddedModule.read(in: directory, path: path) { return added }
    if let file = try firstFile(in: directory, below: "", depth: 0) {
      throw AddError.foreignDirectory(path, file: file)
    }
    return nil
  }

  /// Refuses a neighbour that is the same Python package in another spelling.
  private func checkNeighbours() throws {
    let parent = repository.root.appending(Repository.modules)
    guard FileStatus(of: parent)?.kind == .directory else { return }
    let name = module.manifest.name
    for other in try listDirectory(parent) where other != name.description {
      guard PackageName(ofRequirement: other) == name.packageName, other.utf8.allSatisfy({ $0 > 0x20 }) else {
        continue
      }
      throw AddError.sameName(path, other: "\(Repository.modules)/\(other)")
    }
  }

  /// The first file that somebody would miss; what Python and git leave behind, and ppp's own configuration, are passed over.
  private func firstFile(in directory: FilePath, below prefix: String, depth: Int) throws -> String? {
    for name in try listDirectory(directory) {
      let isOurs = prefix.isEmpty && ["config.json", "config.yaml", "config.yml", "locks"].contains(name)
      if isOurs || name == "__pycache__" || name == ".DS_Store" { continue }
      let path = directory.appending(name)
      guard FileStatus(of: path, followingLinks: false)?.kind == .directory, depth < 16 else {
        return prefix + name
      }
      if let file = try firstFile(in: path, below: prefix + name + "/", depth: depth + 1) { return file }
    }
    return nil
  }
}
