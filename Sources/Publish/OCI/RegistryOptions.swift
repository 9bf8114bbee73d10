import Model

/// What the query of a registry's destination says: `oci://registry/name?mount=team/base&base=none`.
package struct RegistryOptions: Hashable, Sendable {
  /// Other repositories of the registry, whose blobs may be used instead of sending them again.
  package private(set) var siblings: [String] = []
  /// Whether the images of Linux get a C library and a shell below the environment.
  package private(set) var hasBase = true

  /// Reads a query without its question mark; nil is none.
  ///
  /// Fields: `mount`, a repository's name, any number of times; `base`, which is `debian` or `none`.
  ///
  /// - Throws: `PublishError.badDestination` for anything else; `destination` is what people have written.
  package init(query: String?, destination: String) throws(PublishError) {
    for field in (query ?? "").split(separator: "&") {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? decodingPercent(parts[1]) : nil
      switch (parts[0], value) {
      case ("mount", let name?) where RegistryRepository.isName(name): siblings.append(name)
      case ("base", "none"): hasBase = false
      case ("base", "debian"): hasBase = true
      case ("mount", _), ("base", _):
        throw .badDestination(
          destination, reason: "'\(field)' is neither mount=REPOSITORY nor base=debian or base=none")
      default:
        throw .badDestination(destination, reason: "'\(parts[0])' is unknown: there are mount and base")
      }
    }
  }
}
