package import Model
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The user names and passwords that a person has set for hosts.
///
/// Searched in this order: `PPP_INDEX_<HOST>_USERNAME` and `PPP_INDEX_<HOST>_PASSWORD` in the environment, where
/// `<HOST>` is the host in upper case with `_` for all else than letters and digits; then the netrc file, which
/// `NETRC` names or which is `~/.netrc`. A user name and password in a URL come before both, for that server.
package struct Credentials: Sendable {
  private let netrc: [NetrcEntry]
  private let variables: [String: String]
  /// What a person should know about where the credentials came from.
  package let warnings: [Diagnostic]

  package static let none = Credentials(netrc: [], variables: [:], warnings: [])

  /// Reads what the environment names; a netrc file that isn't there is fine, one that can't be read is a warning.
  package static func load(environment: [String: String]) -> Credentials {
    let variables = environment.filter { $0.key.hasPrefix("PPP_INDEX_") }
    let given = environment["NETRC"].flatMap { $0.isEmpty ? nil : FilePath($0) }
    let path = given ?? CachePaths.home(environment).appending(".netrc")
    guard let identity = FileIdentity(at: path) else {
      return Credentials(netrc: [], variables: variables, warnings: [])
    }
    do {
      let entries = NetrcEntry.parse(String(decoding: try readFile(path), as: UTF8.self))
      return Credentials(
        netrc: entries, variables: variables, warnings: warning(about: path, mode: identity.permissions))
    } catch {
      let warning = Diagnostic(.warning, error.description, hint: error.hint)
      return Credentials(netrc: [], variables: variables, warnings: [warning])
    }
  }

  private static func warning(about path: FilePath, mode: mode_t) -> [Diagnostic] {
    guard mode & 0o077 != 0 else { return [] }
    return [
      Diagnostic(.warning, "'\(path)' holds passwords and others can read it", hint: "chmod 600 '\(path)'")
    ]
  }

  /// What belongs to a host, from the environment or the netrc file.
  package func credential(forHost host: String) -> Credential? {
    let name = String(host.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    if let user = variables["PPP_INDEX_\(name)_USERNAME"] {
      return Credential(user: user, password: variables["PPP_INDEX_\(name)_PASSWORD"] ?? "")
    }
    return (netrc.first { $0.machine == host } ?? netrc.first { $0.machine == nil })?.credential
  }

  /// The text of a netrc file with what belongs to the hosts of these URLs, and in the URLs themselves.
  ///
  /// For another program's `NETRC`: write it to a private file with mode 0600, for as long as that program runs.
  package func netrc(for urls: [String]) -> String {
    var lines: [String: String] = [:]
    for url in urls.compactMap({ WebURL(parsing: $0) }) {
      guard let found = url.userInfo.map({ Credential(userInfo: $0) }) ?? credential(forHost: url.host) else {
        continue
      }
      let (user, password) = (NetrcEntry.quoting(found.user), NetrcEntry.quoting(found.password))
      lines[url.host] = "machine \(url.host) login \(user) password \(password)\n"
    }
    return lines.sorted { $0.key < $1.key }.map(\.value).joined()
  }
}

extension Credentials: CustomStringConvertible, CustomReflectable {
  package var description: String { "(credentials)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
