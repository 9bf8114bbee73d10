import ConfigMerge
import Model
import SystemPackage

/// Gives a source's modules: what a directory, a repository and an archive have in common.
protocol ModuleOrigin: Sendable {
  /// Every module that is here; what is wrong with others is told to `report`.
  func modules(report: EventSink) async throws -> [FoundModule]

  /// The modules of this name, the preferred version first.
  ///
  /// - Throws: what is wrong with a module that stands where one of this name would.
  func modules(named name: ModuleName, report: EventSink) async throws -> [FoundModule]
}

/// An origin whose modules are all in one directory, once that is had.
protocol UnpackedOrigin: ModuleOrigin {
  /// The directory; nil when there is none and none is needed.
  func open() async throws -> ModuleDirectory?
}

extension UnpackedOrigin {
  func modules(report: EventSink) async throws -> [FoundModule] {
    guard let directory = try await open() else { return [] }
    let (modules, problems) = try await blocking { _ in try directory.all() }
    for problem in problems { report(.diagnosed(problem)) }
    return modules
  }

  func modules(named name: ModuleName, report: EventSink) async throws -> [FoundModule] {
    guard let directory = try await open() else { return [] }
    let (module, problems) = try await blocking { _ in try directory.find(name) }
    for problem in problems { report(.diagnosed(problem)) }
    return module.map { [$0] } ?? []
  }
}

/// A directory on this machine.
struct DirectoryOrigin: UnpackedOrigin {
  let source: ModuleSource
  let path: FilePath

  func open() throws -> ModuleDirectory? {
    guard FileStatus(of: path)?.kind == .directory else {
      if source.isOptional { return nil }
      throw SourceError.missingDirectory(path, shownAs: source.description)
    }
    return ModuleDirectory(source: source, root: try realPath(path))
  }
}
