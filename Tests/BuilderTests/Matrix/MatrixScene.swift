import Artifacts
import Catalogue
import ConfigMerge
import FoundationEssentials
import Layers
import Model
import Runtimes
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Tools
import Verify

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// A workspace with a cache of its own and a server of files, to build in without network, uv or registry.
///
/// ```swift
/// try await MatrixScene.with { scene in
///   try scene.lock([scene.serve(wheel("alpha", "1.0"))])
///   let results = try await scene.build()
/// }
/// ```
final class MatrixScene: Sendable {
  let root: FilePath
  let cache: FilePath
  private let files: ServedFiles
  let server: LoopbackServer

  /// What the server has, by path.
  private final class ServedFiles: Sendable {
    let byPath = Mutex<[String: [UInt8]]>([:])
    /// The path whose file is not sent to its end.
    let stalled = Mutex<String?>(nil)
    let requested = AsyncStream<String>.makeStream()
  }

  static let cell = "python-3.13.5@linux-x64"
  /// Two runenvs on two platforms, with interpreters that the user brings, packed fast.
  static let shared = """
    {
      "platforms": ["linux-x64", "macosx-aarch64"],
      "runtime": {"provider": "external"},
      "build": {"compressionLevel": 1},
      "packages": {"dependencies": ["alpha", "beta"]}
    }
    """

  /// Runs a test in a scene of these workspace files; `python-3.13.5` and `python-3.13.5-more` unless told.
  static func with(
    shared: String = MatrixScene.shared,
    files: [String: String] = [
      "runenvs/python-3.13.5/config.json": "{}", "runenvs/python-3.13.5-more/config.json": "{}",
    ],
    _ body: (MatrixScene) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-matrix-") { directory in
      let scene = try MatrixScene(directory)
      try scene.write("shared-config.json", shared)
      for (name, text) in files { try scene.write(name, text) }
      try await body(scene)
    }
  }

  private init(_ directory: FilePath) throws {
    root = directory.appending("workspace")
    cache = directory.appending("cache")
    let files = ServedFiles()
    self.files = files
    server = try LoopbackServer { request in
      guard let bytes = files.byPath.withLock({ $0[request.path] }) else { return .status(404) }
      files.requested.continuation.yield(request.path)
      let isStalled = files.stalled.withLock { $0 == request.path }
      return .file(
        bytes, for: request, etag: "\"\(request.path)\"", delivery: isStalled ? .stalled(after: 10) : .whole)
    }
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8], permissions: FilePermissions = [.ownerReadWrite, .groupRead])
    throws
  {
    let path = root.appending(name)
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(bytes, to: path, permissions: permissions)
  }

  func path(_ name: String) -> FilePath { root.pushing(FilePath(name)) }

  func exists(_ name: String) -> Bool { FileStatus(of: path(name)) != nil }

  func text(_ name: String) throws -> String { String(decoding: try readFile(path(name)), as: UTF8.self) }
}

// MARK: What is locked

extension MatrixScene {
  /// Serves a wheel, and names it as a lock does.
  func serve(_ wheel: WheelMaker) throws -> LockedPackage {
    LockedPackage(
      name: try PackageName(parsing: wheel.name), version: wheel.version,
      source: .wheel(serve(wheel.fileName, wheel.bytes)))
  }

  func serve(_ name: String, _ bytes: [UInt8]) -> LockedFile {
    replace(name, with: bytes)
    return LockedFile(
      name: name, url: server.url("/\(name)"), digest: Digest.sha256(of: bytes), size: Int64(bytes.count))
  }

  /// Serves other bytes under a name, or, with nil, none.
  func replace(_ name: String, with bytes: [UInt8]?) {
    files.byPath.withLock { $0["/\(name)"] = bytes }
  }

  /// Never sends more than the file's beginning.
  func stall(_ name: String) { files.stalled.withLock { $0 = "/\(name)" } }

  func unstall() { files.stalled.withLock { $0 = nil } }

  /// Waits until somebody asks for the file.
  func requested(_ name: String) async {
    for await path in files.requested.stream where path == "/\(name)" { return }
  }

  /// Writes a cell's lock, current for its configuration.
  func lock(
    _ packages: [LockedPackage], on cell: String = MatrixScene.cell, runtime: RuntimePin? = nil,
    omissions: [LockedOmission] = [], builds: [LockedBuild] = [], in workspace: Workspace? = nil
  ) throws {
    let cell = try CellID(parsing: cell)
    let recipe = try #require(try (workspace ?? Workspace.load(at: root)).recipe(for: cell))
    let lock = Lock(
      python: recipe.python, platform: cell.platform, floor: recipe.floor?.value,
      inputs: LockInputs(recipe, of: packages),
      packages: packages, runtime: runtime ?? RuntimePin(provider: .external, version: recipe.python),
      omissions: omissions, builds: builds)
    let path = Lock.path(of: cell, in: root)
    try makeDirectory(path.removingLastComponent())
    try lock.write(to: path)
  }

  /// The workspace with its modules' cells and its recipes.
  func load() async throws -> Workspace {
    let survey = ModuleSurvey(of: try Workspace.load(at: root), variables: ["PATH": "/usr/bin:/bin"])
    return try await RecipeSurvey(of: survey.injected()).served()
  }

  /// Locks every cell alike, the modules' too.
  func lockModulesToo(_ packages: [LockedPackage]) async throws {
    let workspace = try await load()
    for cell in workspace.cells { try lock(packages, on: cell.description, in: workspace) }
  }

  /// Locks every cell of the workspace alike.
  func lockAll(_ packages: [LockedPackage]) throws {
    for cell in try Workspace.load(at: root).cells { try lock(packages, on: cell.description) }
  }
}

// MARK: What is built

extension MatrixScene {
  /// A workbench as a new process would have it.
  func bench(
    _ log: EventLog = EventLog(), runsInterpreters: Bool = false, searchPath: String = "/usr/bin:/bin",
    workspace: Workspace? = nil, variables: [String: String] = [:]
  ) throws -> Workbench {
    let artifacts = ArtifactStore(cache: cache, events: log.sink)
    let layers = LayerStore(cache: cache)
    let fetcher = Fetcher(store: artifacts, settings: FetchSettings(retries: 0), events: log.sink)
    let toolbox = Toolbox(fetcher: fetcher, cache: cache, index: "file:///nonexistent")
    return Workbench(
      workspace: try workspace ?? Workspace.load(at: root), cache: cache,
      variables: Self.variables(searchPath).merging(variables) { $1 },
      artifacts: artifacts, layers: layers, fetcher: fetcher, toolbox: toolbox,
      runtimes: RuntimeProviders(
        fetcher: fetcher, toolbox: toolbox, cache: cache, settings: .init(environment: [:])),
      verifier: Verifier(
        store: layers, cache: cache, scratch: root.removingLastComponent().appending("scratch"),
        settings: .init(width: 2, runsInterpreters: runsInterpreters), events: log.sink),
      catalogue: Catalogue(at: Catalogue.path(in: root)), processors: 2,
      toolVersion: "1.2.3", events: log.sink)
  }

  /// PATH, and whom to trust for tests that use real indexes.
  private static func variables(_ searchPath: String) -> [String: String] {
    let certificates = getenv("SSL_CERT_FILE").map { ["SSL_CERT_FILE": String(cString: $0)] }
    return ["PATH": searchPath].merging(certificates ?? [:]) { $1 }
  }

  func plan(_ patterns: String..., onlyChanged: Bool = false) async throws -> Plan {
    try await bench(workspace: load()).planner().plan(Selection(patterns: patterns, onlyChanged: onlyChanged))
  }

  func state(_ cell: String = MatrixScene.cell) async throws -> CellPlan.State {
    let cell = try CellID(parsing: cell)
    return try #require(try await plan()[cell]).state
  }

  /// Plans and builds as one run of ppp does, without locking.
  @discardableResult
  func build(
    _ patterns: String..., log: EventLog = EventLog(), verifies: Bool = true, keepsGoing: Bool = true,
    runsInterpreters: Bool = false
  ) async throws -> [CellResult] {
    let bench = try await bench(log, runsInterpreters: runsInterpreters, workspace: load())
    let plan = try await bench.planner().plan(Selection(patterns: patterns))
    return try await MatrixBuild(bench, verifies: verifies, keepsGoing: keepsGoing).run(plan)
  }

  func record(_ cell: String = MatrixScene.cell) async throws -> BundleRecord? {
    try await Catalogue(at: Catalogue.path(in: root)).bundle(CellID(parsing: cell))
  }

  /// The paths below a folder of the workspace, without directories, sorted.
  func tree(_ name: String) throws -> [String] {
    func below(_ directory: FilePath, _ prefix: String) throws -> [String] {
      try listDirectory(directory).flatMap { entry in
        let path = directory.appending(entry)
        return FileStatus(of: path, followingLinks: false)?.kind == .directory
          ? try below(path, "\(prefix)\(entry)/") : ["\(prefix)\(entry)"]
      }
    }
    return exists(name) ? try below(path(name), "").sorted() : []
  }

  /// Unpacks a cell's bundle, and gives its files to the body as a folder.
  func unpacked(_ cell: String = MatrixScene.cell, _ body: (FilePath) throws -> Void) async throws {
    let record = try #require(try await record(cell))
    let bundle = path(record.file)
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try await blocking { _ in try unpackBundle(at: bundle, into: directory) }
      try body(directory)
    }
  }
}

extension [CellResult] {
  /// `built`, `up to date` or the failure's message, by cell.
  var endings: [String: String] {
    reduce(into: [:]) { endings, result in
      endings[result.cell.description] =
        switch result.ending {
        case .built: "built"
        case .upToDate: "up to date"
        case .failed(let problem): problem.message
        }
    }
  }
}
