import Model
import SystemPackage

/// The variables that uv gets to see: those it needs to reach the indexes, and nothing else of the user's.
enum UVEnvironment {
  /// How to reach servers and whom to trust.
  static let network = [
    "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY",
    "all_proxy",
    "NO_PROXY", "no_proxy",
  ]
  /// What git and build backends need on top.
  private static let tools = [
    "PATH", "HOME", "GIT_SSL_CAINFO", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "TMPDIR", "CC", "CXX",
  ]

  /// The variables, taken from ppp's own; `netrc` is a file with the credentials of the indexes, if there are any,
  /// and `usesTools` says whether git or a build backend may run.
  static func variables(
    from environment: [String: String], target: UVTarget?, netrc: FilePath?, usesTools: Bool
  ) -> [String: String] {
    let names = Set(network + (usesTools ? tools : []))
    var variables = environment.filter { names.contains($0.key) }
    variables["SSL_CERT_FILE"] = variables["SSL_CERT_FILE"] ?? environment["CURL_CA_BUNDLE"]
    variables["UV_PYTHON_DOWNLOADS"] = "never"
    variables["UV_KEYRING_PROVIDER"] = "disabled"
    variables["NETRC"] = netrc?.string ?? "/dev/null"
    variables["GIT_TERMINAL_PROMPT"] = "0"
    return variables.merging(target?.environment ?? [:]) { $1 }
  }
}
