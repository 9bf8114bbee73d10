import Model

extension LockedPackage {
  /// What `direct_url.json` says of a package that was asked for by URL (PEP 610); nil for those of an index.
  var directURL: String? {
    func object(_ members: [(String, String?)]) -> String {
      CanonicalJSON.object(members.compactMap { key, value in value.map { (key, $0) } })
    }
    func text(_ text: String?) -> String? { text.map(CanonicalJSON.string) }
    switch source {
    case .wheel, .sourceDistribution: return nil
    case .archive(let file, let subdirectory):
      let hashes = object([("sha256", text(file.digest.hex))])
      return object([
        ("archive_info", object([("hashes", hashes)])), ("subdirectory", text(subdirectory)),
        ("url", text(String(file.url.prefix { $0 != "#" }))),
      ])
    case .revision(let revision):
      let facts = object([
        ("commit_id", text(revision.commit)), ("requested_revision", text(revision.requested)),
        ("vcs", text(revision.kind)),
      ])
      return object([
        ("subdirectory", text(revision.subdirectory)), ("url", text(revision.url)), ("vcs_info", facts),
      ])
    }
  }
}
