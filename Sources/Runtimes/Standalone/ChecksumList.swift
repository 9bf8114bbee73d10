import Model

/// A `SHA256SUMS` file: digests by file name.
struct ChecksumList: Sendable {
  let digests: [String: Digest]

  /// - Throws: `RuntimesError.malformedChecksums` for a line that is not a digest and a name, and for a name that
  ///   has two digests.
  init(text: String, url: String) throws(RuntimesError) {
    var digests: [String: Digest] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let digest = try? Digest(parsing: String(parts[0])),
        !parts[0].hasPrefix("sha256:")
      else {
        throw .malformedChecksums(url: url, line: String(line))
      }
      let name = String(parts[1].drop { $0 == " " || $0 == "*" })
      if let other = digests.updateValue(digest, forKey: name), other != digest {
        throw .malformedChecksums(url: url, line: String(line))
      }
    }
    self.digests = digests
  }

  /// The Python versions that the list has for a platform, for a message.
  func pythons(for platform: Platform) -> [String] {
    let found = digests.keys.compactMap { name -> PythonVersion? in
      guard name.contains("-\(StandaloneAsset.triple(platform))-install_only"),
        let version = name.wholeMatch(of: #/cpython-([^+]+)\+.*/#)?.1
      else { return nil }
      // A file of another naming scheme is none of those that are wanted.
      return try? PythonVersion(parsing: String(version))
    }
    return Set(found).sorted().map(\.description)
  }
}
