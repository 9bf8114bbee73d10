import Artifacts
import ConfigMerge
import Model
import Modules
import Processes
import Synchronization
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// A directory with a cache, in which a test makes sources.
struct ShelfScene: Sendable {
  let root: FilePath
  let events = EventLog()

  static func with(_ body: (ShelfScene) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-shelf-") { directory in
      try await body(ShelfScene(root: try realPath(directory)))
    }
  }

  var cache: FilePath { root.appending("cache") }

  func write(_ files: KeyValuePairs<String, String>, in directory: String = "") throws {
    for (name, text) in files {
      let path = (directory.isEmpty ? root : root.appending(directory)).appending(name)
      try makeDirectory(path.removingLastComponent())
      try writeAtomically(text.utf8, to: path)
    }
  }

  /// Writes a module source's manifest, with one file.
  func module(_ name: String, _ version: String = "1.0", in directory: String, needs: [String] = []) throws {
    let list = needs.map { "\"\($0)\"" }.joined(separator: ", ")
    try write(
      [
        "module.json": """
        {"name": "\(name)", "version": "\(version)", "summary": "Does \(name)", "needs": [\(list)],
         "files": [{"from": "src.py"}]}
        """, "src.py": "\(name) \(version)\n",
      ], in: directory)
  }

  func source(_ text: String) throws -> ModuleSource { try ModuleSource(parsing: text, relativeTo: root) }

  func shelf(_ sources: String..., offline: Bool = false) throws -> ModuleShelf {
    let events = events
    let store = ArtifactStore(cache: cache)
    let fetcher = Fetcher(store: store, settings: FetchSettings(offline: offline, retries: 0))
    return ModuleShelf(
      sources: try sources.map(source), cache: cache, fetcher: fetcher,
      git: Git.find(in: environment, isOffline: offline), events: { events.add($0) })
  }

  /// The tester's own settings of git stay out.
  var environment: [String: String] {
    ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin", "HOME": root.string]
  }

  /// Runs git in a directory of the scene, which has to succeed.
  @discardableResult
  func git(_ arguments: String..., in directory: String) async throws -> String {
    let program = try #require(findExecutable("git", in: environment["PATH"]))
    let identity = [
      "user.name=A", "user.email=a@example.com", "commit.gpgSign=false", "init.defaultBranch=main",
    ]
    let result = try await run(
      checked: Command(
        program, identity.flatMap { ["-c", $0] } + arguments, environment: environment,
        workingDirectory: root.appending(directory), timeout: .seconds(60)))
    return String(result.text.prefix { $0 != "\n" })
  }

  /// Commits all that is in a directory, a repository from then on; returns the commit.
  @discardableResult
  func commit(_ directory: String, tag: String? = nil) async throws -> String {
    try makeDirectory(root.appending(directory))
    if FileStatus(of: root.appending(directory).appending(".git")) == nil {
      try await git("init", "--quiet", in: directory)
    }
    try await git("add", "--all", in: directory)
    try await git("commit", "--quiet", "--allow-empty", "--message", "x", in: directory)
    if let tag { try await git("tag", "--annotate", "--force", "--message", tag, tag, in: directory) }
    return try await git("rev-parse", "HEAD", in: directory)
  }

  func text(_ module: FoundModule, _ path: String = "src.py") throws -> String {
    String(decoding: try readFile(module.directory.appending(path)), as: UTF8.self)
  }
}

/// What was reported.
final class EventLog: Sendable {
  private let content = Mutex<[Event]>([])

  func add(_ event: Event) { content.withLock { $0.append(event) } }

  var diagnostics: [Diagnostic] {
    content.withLock { events in
      events.compactMap { if case .diagnosed(let diagnostic) = $0 { diagnostic } else { nil } }
    }
  }

  var fetches: Int {
    content.withLock { events in events.count { if case .started = $0 { true } else { false } } }
  }
}

func reference(_ text: String) throws -> ModuleReference { try ModuleReference(parsing: text) }
