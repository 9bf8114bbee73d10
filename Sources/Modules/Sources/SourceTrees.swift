package import Artifacts
package import ConfigMerge
package import Model
package import SystemPackage

/// Opens what sources lead to, whatever is kept there: modules, recipes.
package struct SourceTrees: Sendable {
  private let cache: FilePath
  private let fetcher: Fetcher?
  private let git: Git?
  private let events: EventSink

  /// Names the cache and what fetches into it.
  ///
  /// Without a fetcher there are no archives, without git only what the cache has of repositories. `events` is told of
  /// fetching.
  package init(cache: FilePath, fetcher: Fetcher?, git: Git?, events: @escaping EventSink) {
    self.cache = cache
    self.fetcher = fetcher
    self.git = git
    self.events = events
  }

  /// The directory that a source leads to; nil when there is none and none is needed.
  ///
  /// - Throws: `SourceError`, and what fetching throws.
  package func open(_ source: ModuleSource) async throws -> OpenedSource? {
    try await (origin(of: source) as? any UnpackedOrigin)?.open().map(OpenedSource.init)
  }

  func origin(of source: ModuleSource) -> any ModuleOrigin {
    switch source.place {
    case .directory(let path): DirectoryOrigin(source: source, path: path)
    case .git(let place): GitOrigin(source, place, cache: cache, git: git, events: events)
    case .archive(let place): ArchiveOrigin(source, place, cache: cache, fetcher: fetcher)
    }
  }
}

/// A source whose files are there to be read.
package struct OpenedSource: Sendable {
  private let opened: ModuleDirectory

  init(_ directory: ModuleDirectory) { opened = directory }

  /// Without links.
  package var root: FilePath { opened.root }

  /// A directory in it, without links.
  ///
  /// - Throws: `SourceError.leavesSource` where a link leads out of what was fetched.
  package func directory(_ name: String) throws -> FilePath {
    let directory = try realPath(root.appending(name))
    if let tree = opened.tree, !directory.starts(with: tree) {
      throw SourceError.leavesSource(name, source: redacting(opened.source.description))
    }
    return directory
  }

  /// The directory as messages name it, without passwords.
  package func shownPath(of name: String) -> String { opened.source.shownPath(of: name) }

  /// What finds exactly this directory again, and carries no password.
  package func reference(to name: String, in directory: FilePath) -> String {
    if case .directory = opened.source.place { return shownPath(of: name) }
    return opened.source.reference(to: name, in: directory, at: opened.revision)
  }
}
