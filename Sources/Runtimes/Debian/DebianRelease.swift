import Model

/// What a suite's Release file says, read from the text that the signature was checked on.
struct DebianRelease: Sendable {
  struct File: Sendable, Hashable {
    let digest: Digest
    let size: Int64
  }

  let suite: String?
  let codename: String?
  /// The index files, by their path below the suite: `main/binary-amd64/Packages.xz`.
  let files: [String: File]

  /// - Throws: `RuntimesError.release` when the text has no list of SHA-256 digests.
  init(text: String, url: String) throws(RuntimesError) {
    var fields: [String: String] = [:]
    var files: [String: File] = [:]
    var isListing = false
    for line in text.split(whereSeparator: \.isNewline) {
      if line.first == " " {
        guard isListing else { continue }
        let parts = line.split(separator: " ")
        guard parts.count == 3, let digest = try? Digest(parsing: String(parts[0])),
          let size = Int64(parts[1])
        else {
          throw .release(url: url, reason: "it has a malformed line '\(line)'")
        }
        files[String(parts[2])] = File(digest: digest, size: size)
      } else if let colon = line.firstIndex(of: ":") {
        let name = String(line[..<colon])
        isListing = name == "SHA256"
        fields[name] = String(line[line.index(after: colon)...].drop { $0 == " " })
      }
    }
    guard !files.isEmpty else { throw .release(url: url, reason: "it lists no files with SHA-256 digests") }
    suite = fields["Suite"]
    codename = fields["Codename"]
    self.files = files
  }

  /// Whether this is the release that was asked for: a mirror must not pass off another suite, signed too.
  func isNamed(_ name: String) -> Bool { codename == name || suite == name }
}
