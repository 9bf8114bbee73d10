import Model
import Modules
import SystemPackage

/// The modules that were added to a repository, and what their sources have now.
struct AddedModules {
  let repository: Repository
  let shelf: ModuleShelf

  /// The added modules of these names, or all.
  ///
  /// - Throws: `ModuleCommandError.notAdded` with the nearest name.
  func modules(named names: [String]) throws -> [AddedModule] {
    let all = try AddedModule.all(in: repository)
    guard !names.isEmpty else { return all }
    return try names.map { name in
      guard let module = all.first(where: { $0.name.description == name }) else {
        let known = all.map(\.name.description)
        throw ModuleCommandError.notAdded(name, nearest: nearest(to: name, in: known), known: known)
      }
      return module
    }
  }

  /// Compares a module with the first source that has one of its name, else with what it was added from.
  ///
  /// - Throws: when neither is to be had, why what it was added from isn't.
  func comparison(of module: AddedModule) async throws -> ModuleComparison {
    let original = try await original(of: module)
    let current: FoundModule
    do {
      current = try await shelf.find(ModuleReference(parsing: module.name.description))
    } catch SourceError.unknownModule {
      current = try original.get()
    }
    return try ModuleComparison(module, with: current, original: try? original.get())
  }

  /// What it was added from.
  ///
  /// Where another source has the module, a failure only leaves out what it was.
  private func original(of module: AddedModule) async throws -> Result<FoundModule, any Error> {
    do {
      return .success(try await shelf.module(atReference: module.source, relativeTo: repository.root))
    } catch let error where !(error is CancellationError) {
      return .failure(error)
    }
  }
}
