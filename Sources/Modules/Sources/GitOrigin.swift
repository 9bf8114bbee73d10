import Artifacts
import ConfigMerge
import Model
import SystemPackage

/// A git repository; each commit's files are taken once, into `<cache>/modules/git/<digest of the URL>/<commit>`.
struct GitOrigin: UnpackedOrigin {
  let source: ModuleSource
  let place: ModuleSource.GitPlace
  let cache: FilePath
  let git: Git?
  let events: EventSink
  private let opened = Memo<ModuleDirectory>()
  private let lock: CacheLock

  init(
    _ source: ModuleSource, _ place: ModuleSource.GitPlace, cache: FilePath, git: Git?,
    events: @escaping EventSink
  ) {
    self.source = source
    self.place = place
    self.cache = cache
    self.git = git
    self.events = events
    lock = CacheLock(cache: cache)
  }

  func open() async throws -> ModuleDirectory? {
    try await opened.value {
      let commit = try await commit()
      return try ModuleDirectory.opened(
        source, tree: trees.appending(commit), subdirectory: place.subdirectory, revision: commit)
    }
  }

  private var shown: String { place.url.withoutSecrets }

  private var trees: FilePath {
    cache.appending("modules").appending("git").appending(Digest.sha256(of: shown).hex)
  }

  /// Where it is noted at which commit the revision was last seen.
  private var note: FilePath {
    trees.appending("refs").appending(Digest.sha256(of: place.revision ?? "HEAD").hex)
  }

  private func isCached(_ commit: String) -> Bool {
    FileStatus(of: trees.appending(commit))?.kind == .directory
  }

  /// The commit that the revision is at, whose files are in the cache from then on.
  private func commit() async throws -> String {
    try makeDirectory(trees)
    try await blocking { [lock] _ in try lock.share() }
    if let revision = place.revision, revision.isCommit {
      if isCached(revision) { return revision }
      return try await fetch(revision)
    }
    guard let git, !git.isOffline else {
      if let commit = noted() { return commit }
      throw git == nil ? SourceError.noGit(url: shown) : SourceError.offline(shown)
    }
    do {
      let (ref, commit) = try await GitRepository(git: git, url: place.url).resolve(place.revision)
      let fetched = isCached(commit) ? commit : try await fetch(ref)
      try remember(fetched)
      return fetched
    } catch let error as SourceError {
      guard case .unreachable = error, let commit = noted() else { throw error }
      let hint = "the commit \(commit.prefix(12)) from the cache is used"
      events(.diagnosed(Diagnostic(.warning, error.description, hint: hint)))
      return commit
    }
  }

  private func fetch(_ ref: String) async throws -> String {
    guard let git else { throw SourceError.noGit(url: shown) }
    guard !git.isOffline else { throw SourceError.offline("\(shown)@\(ref)") }
    let step = Step(.fetch, "git+\(shown)", detail: place.revision)
    events(.started(step))
    do {
      let commit = try await withTemporaryDirectory(in: trees, prefix: ".draft-") { draft in
        let files = draft.appending("files")
        try makeDirectory(files)
        let commit = try await GitRepository(git: git, url: place.url).checkOut(ref, into: files)
        try settle(files, at: trees.appending(commit))
        return commit
      }
      events(.finished(step, .done(String(commit.prefix(12)))))
      return commit
    } catch {
      if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
      throw error
    }
  }

  /// The commit at which the revision was last seen, if its files are still there.
  private func noted() -> String? {
    // Without a note, or with one that can't be read, the cache has nothing to offer.
    guard let bytes = try? readFile(note) else { return nil }
    let commit = String(decoding: bytes, as: UTF8.self)
    return commit.isCommit && isCached(commit) ? commit : nil
  }

  private func remember(_ commit: String) throws {
    guard noted() != commit else { return }
    try makeDirectory(note.removingLastComponent())
    try writeAtomically(commit.utf8, to: note)
  }
}
