import Model

/// A repository in an OCI registry: `registry.example.org/team/environments`.
///
/// Specification: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md
package struct RegistryRepository: Hashable, Sendable {
  /// `https`, or `http` for a registry on this machine or a network of one's own.
  package let scheme: String
  /// Host and port.
  package let authority: String
  package let name: String

  /// Docker Hub is spoken to by another name than people call it by.
  private static let dockerHub = "docker.io"
  private static let longestName = 255

  /// - Throws: `RegistryError.badRepository` for a name that no registry takes.
  package init(authority: String, name: String, isPlain: Bool = false) throws(RegistryError) {
    let isHub = ["docker.io", "index.docker.io", "registry-1.docker.io"].contains(authority)
    let name = isHub && !name.contains("/") ? "library/\(name)" : name
    let text = "\(authority)/\(name)"
    guard Self.isName(name) else {
      throw .badRepository(
        text, reason: "names are lower-case letters and digits, with '.', '_' or '-' between them, and '/'")
    }
    guard text.utf8.count <= Self.longestName else {
      throw .badRepository(text, reason: "it is longer than \(Self.longestName) characters")
    }
    scheme = isPlain ? "http" : "https"
    self.authority = isHub ? "registry-1.docker.io" : authority
    self.name = name
  }

  /// Whether registries take this as a repository's name.
  static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: #/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*/#) != nil
  }

  /// What `docker login` keeps a password under.
  var loginName: String { authority == "registry-1.docker.io" ? Self.dockerHub : authority }

  /// The URL that everything of the repository lies below.
  var address: String { "\(scheme)://\(authority)/v2/\(name)" }
}

extension RegistryRepository: CustomStringConvertible {
  package var description: String { "\(loginName)/\(name)" }
}
