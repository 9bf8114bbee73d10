import Artifacts
import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The cache as a directory: what of it is not artifacts, layers or pages, which have stores of their own.
enum CacheDirectory {
  /// Names in the cache that hold what ppp can make again; nothing else there is ppp's to remove.
  static let workNames = [
    "built", "builds", "distributions", "inspections", "modules", "runtimes", "tmp", "toolchains", "tools",
    "uv", "uv-stubs", "zig",
  ]

  /// Where the cache is, if there is one: the stores make it with the first file that comes in.
  static func present(in environment: [String: String]) -> FilePath? {
    let cache = CachePaths.standard(environment: environment)
    return access(cache.string, F_OK) == 0 ? cache : nil
  }
}
