import Model
import Processes
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The uv that a ppp on this machine has fetched, or that `PPP_TEST_UV` names.
enum RealUV {
  static let path: FilePath? = {
    if let path = getenv("PPP_TEST_UV") { return FilePath(String(cString: path)) }
    guard let home = getenv("HOME") else { return nil }
    let tools = FilePath(String(cString: home)).appending(".cache/ppp/tools")
    // No such directory: no uv.
    let names = (try? listDirectory(tools)) ?? []
    return names.filter { $0.hasPrefix("uv-") }.sorted().map { tools.appending($0).appending("uv") }.last
  }()

  /// Runs uv, which has to succeed.
  @discardableResult
  static func run(
    _ arguments: [String], in directory: FilePath, input: [UInt8] = []
  ) async throws -> ProcessResult {
    var environment: [String: String] = [:]
    for name in ["PATH", "HOME", "TMPDIR", "UV_CACHE_DIR"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return try await Processes.run(
      checked: Command(
        path ?? "uv", arguments, environment: environment, workingDirectory: directory, input: input,
        timeout: .seconds(300)))
  }
}
