import ConfigMerge
import Model
import Modules
import SystemPackage

/// The modules that are added together: those asked for, and those that they need and that are not there yet.
struct ModuleChoice {
  /// In the order in which they were found: needed ones first.
  let rendered: [RenderedModule]
  /// Those that nobody asked for, with who needs them.
  let neededBy: [ModuleName: [ModuleName]]
  /// Needed ones that the repository has: they stay as they are.
  let kept: [AddedModule]

  /// Chooses options and makes files.
  ///
  /// A module that is there already keeps the options that it was added with, unless the command line has others.
  init(
    _ found: [FoundModule], asked: [ModuleName], there: [AddedModule], answers: OptionAnswers, root: FilePath
  ) async throws {
    let added = Dictionary(there.map { ($0.name, $0) }) { first, _ in first }
    let fresh = found.filter { asked.contains($0.manifest.name) || added[$0.manifest.name] == nil }
    let values = try await answers.values(for: fresh.map(\.manifest), added: added)
    rendered = try fresh.map { module in
      try render(
        module, options: values[module.manifest.name] ?? [:],
        recordedAs: module.reference(relativeTo: root))
    }
    kept = found.compactMap { module in
      asked.contains(module.manifest.name) ? nil : added[module.manifest.name]
    }
    var neededBy: [ModuleName: [ModuleName]] = [:]
    for module in found {
      for need in module.manifest.needs where !asked.contains(need.name) {
        neededBy[need.name, default: []].append(module.manifest.name)
      }
    }
    self.neededBy = neededBy
  }
}
