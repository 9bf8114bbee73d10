package import Artifacts
import FoundationEssentials
import Model
import SystemPackage

/// Who asks a registry.
package enum RegistryLogin: Sendable {
  case none
  case basic(Credential)
  /// A refresh token, which `docker login` got instead of a password.
  case identityToken(BearerToken)
  /// A program has the password, which ppp does not ask: `docker-credential-NAME`.
  case helper(String)
}

/// What `docker login` and `podman login` have written down.
///
/// Searched in this order: the file that `REGISTRY_AUTH_FILE` names, `$XDG_RUNTIME_DIR/containers/auth.json`, and
/// `config.json` in `DOCKER_CONFIG` or `~/.docker`. A file that isn't there, or isn't JSON, says nothing.
package struct RegistryLogins: Sendable {
  private struct File: Decodable {
    struct Entry: Decodable {
      let auth: String?
      let identitytoken: String?
    }

    let auths: [String: Entry]?
    let credHelpers: [String: String]?
    let credsStore: String?
  }

  private let files: [File]

  package static let none = RegistryLogins(files: [])

  package static func load(environment: [String: String]) -> RegistryLogins {
    var paths: [FilePath] = []
    if let file = environment["REGISTRY_AUTH_FILE"], !file.isEmpty { paths.append(FilePath(file)) }
    if let directory = environment["XDG_RUNTIME_DIR"], !directory.isEmpty {
      paths.append(FilePath(directory).appending("containers").appending("auth.json"))
    }
    let docker =
      environment["DOCKER_CONFIG"].flatMap { $0.isEmpty ? nil : FilePath($0) }
      ?? environment["HOME"].map { FilePath($0).appending(".docker") }
    if let docker { paths.append(docker.appending("config.json")) }
    return RegistryLogins(
      files: paths.compactMap { path in
        // Other programs' files: what can't be read there is as if nobody had logged in.
        guard let bytes = try? readFile(path) else { return nil }
        return try? JSONDecoder().decode(File.self, from: Data(bytes))
      })
  }

  /// What belongs to a repository: of the most exact entry, `host/team/name` before `host/team` before `host`.
  func login(for repository: RegistryRepository) -> RegistryLogin? {
    for file in files {
      if let login = login(for: repository, in: file) { return login }
    }
    return nil
  }

  private func login(for repository: RegistryRepository, in file: File) -> RegistryLogin? {
    let entries = Dictionary(
      (file.auths ?? [:]).map { (Self.place($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    var place = repository.description[...]
    while true {
      if let helper = file.credHelpers?[String(place)] { return .helper(helper) }
      if let entry = entries[String(place)] {
        if let token = entry.identitytoken, !token.isEmpty { return .identityToken(BearerToken(token)) }
        if let credential = entry.auth.flatMap(Self.credential) { return .basic(credential) }
        if let store = file.credsStore { return .helper(store) }
      }
      guard let slash = place.lastIndex(of: "/") else { return nil }
      place = place[..<slash]
    }
  }

  /// `https://index.docker.io/v1/` is how Docker Hub is written there; other entries may have a scheme too.
  private static func place(_ key: String) -> String {
    var place = key[...]
    for scheme in ["https://", "http://"] where place.hasPrefix(scheme) {
      place = place.dropFirst(scheme.count)
    }
    for ending in ["/", "/v1", "/v2"] where place.hasSuffix(ending) { place = place.dropLast(ending.count) }
    return ["index.docker.io", "registry-1.docker.io"].contains(place) ? "docker.io" : String(place)
  }

  private static func credential(_ encoded: String) -> Credential? {
    guard let data = Data(base64Encoded: encoded) else { return nil }
    let text = String(decoding: data, as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    return Credential(
      user: String(text[..<colon]), password: String(text[text.index(after: colon)...]))
  }
}
