import Artifacts
import Builder
import ConfigMerge
import Model
import Runtimes
import Synchronization
import SystemPackage
import TestSupport

#if canImport(Glibc)
import Glibc
#endif

/// A package index on loopback, of wheels and source distributions that a test makes.
struct TestIndex {
  let server: LoopbackServer

  var url: String { server.url("/simple") }

  /// Sources are by file name; with `authorization`, every request must come with that header.
  init(_ wheels: [WheelMaker], sources: [String: [UInt8]] = [:], authorization: String? = nil) throws {
    var files: [String: [UInt8]] = [:]
    var pages: [String: String] = [:]
    for (name, bytes) in wheels.map({ ($0.fileName, $0.bytes) }) + sources.sorted(by: { $0.key < $1.key }) {
      let project = name.prefix { $0 != "-" }.replacing("_", with: "-").lowercased()
      files["/files/\(name)"] = bytes
      let digest = Digest.sha256(of: bytes).hex
      pages["/simple/\(project)/", default: ""] += "<a href=\"/files/\(name)#sha256=\(digest)\">\(name)</a>\n"
    }
    let (served, listed) = (files, pages)
    server = try LoopbackServer { request in
      if let authorization, request.headers["authorization"] != authorization {
        return .status(401, headers: ["WWW-Authenticate": "Basic realm=\"index\""])
      }
      if let page = listed[request.path] { return .text("<html>\(page)</html>", contentType: "text/html") }
      guard let bytes = served[request.path] else { return .status(404) }
      return .file(bytes, for: request, etag: "\"\(request.path)\"")
    }
  }
}

/// A wheel with dependencies, for tags: `py3-none-any` unless told.
func wheel(_ name: String, _ version: String, tag: String = "py3-none-any", needs: [String] = [])
  -> WheelMaker
{
  var maker = WheelMaker(name: name, version: version, files: ["\(name)/__init__.py": ""])
  maker.tag = tag
  maker.metadata = needs.map { "Requires-Dist: \($0)" }
  return maker
}

/// A workspace made of these files, and what resolving in it needs.
struct TestWorkspace {
  let root: FilePath
  let cache: FilePath
  private let resolving: Events

  private final class Events: Sendable {
    let texts = Mutex<[String]>([])
  }

  /// The uv to test with: `PPP_TEST_UV`, or one that a ppp here has fetched; nil when there is none.
  static let uv: FilePath? = {
    if let path = getenv("PPP_TEST_UV") { return FilePath(String(cString: path)) }
    guard let home = getenv("HOME") else { return nil }
    let tools = FilePath(String(cString: home)).appending(".cache/ppp/tools")
    // No such directory: no uv.
    let names = (try? listDirectory(tools)) ?? []
    return names.filter { $0.hasPrefix("uv-") }.sorted().map { tools.appending($0).appending("uv") }.last
  }()

  init(_ directory: FilePath, files: [String: String]) throws {
    root = directory.appending("workspace")
    cache = directory.appending("cache")
    resolving = Events()
    for (name, text) in files { try write(name, text) }
  }

  func write(_ name: String, _ text: String) throws {
    let path = root.appending(name)
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(Array(text.utf8), to: path)
  }

  func load() throws -> Workspace { try Workspace.load(at: root) }

  /// Requests for all cells, with the locks that are on disk.
  func requests(upgrade: LockRequest.Upgrade = .none) throws -> [LockRequest] {
    try load().recipes.map { recipe in
      LockRequest(recipe, existing: try Lock.read(at: Lock.path(of: recipe.cell, in: root)), upgrade: upgrade)
    }
  }

  /// The workspace with its modules' cells.
  func injected() async throws -> Workspace {
    try await ModuleSurvey(of: load(), variables: ["PATH": "/usr/bin:/bin"]).injected()
  }

  func resolver(environment: [String: String] = [:], certificates: FilePath? = nil) -> Resolver {
    let fetcher = Fetcher(
      store: ArtifactStore(cache: cache),
      settings: FetchSettings.standard(
        environment: environment.merging(["HOME": "/nonexistent"]) { given, _ in given }))
    return Resolver(tools: tools(fetcher, environment))
  }

  /// What locking needs, with an interpreter that the user brings.
  func tools(_ fetcher: Fetcher? = nil, _ environment: [String: String] = [:]) -> ResolverTools {
    ResolverTools(
      uv: { TestWorkspace.uv ?? "/nonexistent/uv" }, cache: cache,
      fetcher: fetcher
        ?? Fetcher(
          store: ArtifactStore(cache: cache),
          settings: .standard(environment: ["HOME": "/nonexistent"])),
      environment: environment, pin: { RuntimePin(provider: $0.provider, version: $0.python) })
  }

  /// Locks all cells and writes the locks.
  @discardableResult
  func lock(
    upgrade: LockRequest.Upgrade = .none, environment: [String: String] = [:]
  ) async throws -> LockReport {
    let report = try await resolver(environment: environment).lock(try requests(upgrade: upgrade))
    for outcome in report.outcomes {
      if case .success(let lock) = outcome.result {
        try lock.write(to: Lock.path(of: outcome.cell, in: root))
      }
    }
    return report
  }
}

extension LockReport {
  /// `name version` of the packages of a cell.
  func packages(_ cell: String) throws -> [String] {
    try lock(cell).packages.map { "\($0.name) \($0.version ?? "?")" }
  }

  func lock(_ cell: String) throws -> Lock {
    let cell = try CellID(parsing: cell)
    for outcome in outcomes where outcome.cell == cell { return try outcome.result.get() }
    throw ParseError(expected: "cell of the report", text: cell.description)
  }
}

/// A source distribution whose metadata can be read without building (PEP 643).
func source(_ name: String, _ version: String, needs: [String] = [], requires: [String] = []) -> [UInt8] {
  var zip = ZipMaker()
  let root = "\(name)-\(version)"
  let needed = needs.map { "Requires-Dist: \($0)\n" }.joined()
  zip.addFile("\(root)/PKG-INFO", "Metadata-Version: 2.2\nName: \(name)\nVersion: \(version)\n\(needed)")
  zip.addFile(
    "\(root)/pyproject.toml",
    """
    [build-system]
    requires = [\(requires.map { "\"\($0)\"" }.joined(separator: ", "))]
    build-backend = "backend"
    [project]
    name = "\(name)"
    version = "\(version)"
    dependencies = [\(needs.map { "\"\($0)\"" }.joined(separator: ", "))]

    """)
  return zip.bytes
}
