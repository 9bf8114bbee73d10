import Artifacts
import Builder
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Resolving against the default index, and uv reading what was locked: `PPP_TEST_PEERS=1`.
@Suite(
  .enabled(
    if: Peers.areWanted && TestWorkspace.uv != nil, "set PPP_TEST_PEERS=1 and PPP_TEST_UV"))
struct PeerResolverTests {
  /// What reaching the network here takes.
  static let environment: [String: String] = {
    var environment: [String: String] = [:]
    for name in ["SSL_CERT_FILE", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return environment
  }()

  static let config = """
    {"runtime": {"provider": "external"},
     "packages": {
       "dependencies": ["pandas==2.2.3", "numpy", "scipy", "parasail", "scikit-learn", "idna"],
       "skip": {"scikit-learn": {"windows-x64": "not wanted there"}},
       "forceSource": {"idna": {"linux-x64": "to see it built"}}}}
    """

  @Test("five platforms resolve, with a skip, an omission, a source and common versions; uv reads the locks")
  func fivePlatforms() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let id = "python-3.12.10"
      let workspace = try TestWorkspace(
        directory, files: ["shared-config.json": "{}", "runenvs/\(id)/config.json": Self.config])
      let report = try await workspace.lock(environment: Self.environment)
      #expect(report.outcomes.count == 5)
      for outcome in report.outcomes {
        let lock = try outcome.result.get()
        #expect(lock.packages.contains { $0.name.normalized == "pandas" && $0.version == "2.2.3" })
        #expect(lock.files.allSatisfy { ($0.size ?? 0) > 0 })
      }
      let omitted = Dictionary(grouping: report.outcomes) { outcome in
        ((try? outcome.result.get())?.omissions ?? []).map { "\($0.name) \($0.rule.rawValue)" }
      }.mapValues { $0.map(\.cell.platform.description).sorted() }
      #expect(omitted[["parasail no-wheel"]] == ["linux-aarch64", "macosx-aarch64"])
      #expect(omitted[["scikit-learn skip"]] == ["windows-x64"])
      let linux = try report.lock("\(id)@linux-x64")
      #expect(linux.packages.first { $0.name.normalized == "idna" }?.needsBuild == true)
      #expect(!report.skews.contains { $0.name.normalized == "numpy" || $0.name.normalized == "scipy" })
      try await install(linux, workspace)
    }
  }

  /// `uv pip sync --dry-run` accepts the lock.
  private func install(_ lock: Lock, _ workspace: TestWorkspace) async throws {
    let stub = try await StubInterpreter(python: lock.python).make(in: workspace.cache)
    let path = Lock.path(of: CellID(runenv: "python-3.12.10", platform: lock.platform), in: workspace.root)
    let uv = try #require(TestWorkspace.uv)
    var environment = Self.environment
    environment["UV_CACHE_DIR"] = workspace.cache.appending("uv").string
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    let result = try await run(
      Command(
        uv,
        [
          "pip", "sync", path.string, "--dry-run", "--no-config", "--preview-features", "pylock", "--python",
          stub.string, "--target", workspace.cache.appending("target").string,
        ], environment: environment))
    #expect(result.succeeded, "\(result.errorText)")
    #expect(result.errorText.contains("pandas==2.2.3"))
  }
}
