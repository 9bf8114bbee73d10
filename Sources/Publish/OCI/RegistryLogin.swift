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
  /// A program that may have the password.
  case helper(CredentialHelper)
}

/// What `docker login` and `podman login` have written down.
///
/// Searched in this order: the file that `REGISTRY_AUTH_FILE` names, `$XDG_RUNTIME_DIR/containers/auth.json`, and
/// `config.json` in `DOCKER_CONFIG` or `~/.docker`. A file that isn't there, or isn't JSON, says nothing. A program that keeps
/// a host's passwords (`credHelpers`) counts before what the file has of it, one that keeps all (`credsStore`) behind it.
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
  private let ask: CredentialHelper.Asking

  package static let none = RegistryLogins(files: []) { _, _ in nil }

  /// `ask` runs a program that keeps passwords; none is run before a registry wants to know who asks.
  package static func load(
    environment: [String: String], asking ask: @escaping CredentialHelper.Asking
  ) -> RegistryLogins {
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
      }, ask: ask)
  }

  /// What belongs to a repository: of the most exact entry, `host/team/name` before `host/team` before `host`.
  func login(for repository: RegistryRepository) -> RegistryLogin? {
    for file in files {
      if let login = login(for: repository, in: file) { return login }
    }
    return nil
  }

  private func login(for repository: RegistryRepository, in file: File) -> RegistryLogin? {
    let entries = Self.byPlace(file.auths)
    let helpers = Self.byPlace(file.credHelpers)
    var place = repository.description[...]
    while true {
      if let name = helpers[String(place)] { return .helper(CredentialHelper(name, ask: ask)) }
      if let entry = entries[String(place)] {
        if let token = entry.identitytoken, !token.isEmpty { return .identityToken(BearerToken(token)) }
        if let credential = entry.auth.flatMap(Self.credential) { return .basic(credential) }
      }
      guard let slash = place.lastIndex(of: "/") else { break }
      place = place[..<slash]
    }
    return file.credsStore.flatMap { $0.isEmpty ? nil : .helper(CredentialHelper($0, ask: ask)) }
  }

  private static func byPlace<Value>(_ entries: [String: Value]?) -> [String: Value] {
    Dictionary((entries ?? [:]).map { (place($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
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
