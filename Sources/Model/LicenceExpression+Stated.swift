extension LicenceExpression {
  /// What a package states in whatever words: an SPDX expression, a licence's name, or trove classifiers with commas
  /// between; nil where that names no licence.
  ///
  /// A name that says the family but not which of its licences, `BSD License`, becomes `LicenseRef-BSD`: the difference may matter.
  package init?(stated text: String) {
    if let expression = try? LicenceExpression(parsing: text) {
      self = expression
      return
    }
    if let name = Self.known(text) {
      self = .licence(name, exception: nil)
      return
    }
    let parts = text.components(separatedBy: ", ").filter { $0 != "OSI Approved" }
    guard (1...8).contains(parts.count) else { return nil }
    let names = parts.compactMap(Self.known)
    guard names.count == parts.count else { return nil }
    self =
      names.count == 1
      ? .licence(names[0], exception: nil) : .all(names.map { .licence($0, exception: nil) })
  }

  /// The licence of a name as people and classifiers write it.
  private static func known(_ text: String) -> String? {
    if let identifier = LicenceIdentifiers.licence(text) { return identifier }
    return names[text.comparableName]
  }

  /// Names without what differs and means nothing: `the`, `licence`, `version`, punctuation, what stands in brackets.
  private static let names: [String: String] = [
    "mit": "MIT", "expat": "MIT", "mit x11": "MIT", "x11 mit": "MIT", "mit no attribution": "MIT-0",
    "apache 2.0": "Apache-2.0", "apache 2": "Apache-2.0", "apache v2": "Apache-2.0",
    "apache v2.0": "Apache-2.0",
    "apache2": "Apache-2.0", "apache2.0": "Apache-2.0", "asl 2.0": "Apache-2.0", "asl 2": "Apache-2.0",
    "apache software 2.0": "Apache-2.0", "apache": "LicenseRef-Apache",
    "apache software": "LicenseRef-Apache",
    "bsd": "LicenseRef-BSD", "bsd style": "LicenseRef-BSD", "bsd like": "LicenseRef-BSD",
    "bsd 3 clause": "BSD-3-Clause", "3 clause bsd": "BSD-3-Clause", "new bsd": "BSD-3-Clause",
    "modified bsd": "BSD-3-Clause", "revised bsd": "BSD-3-Clause", "bsd 3": "BSD-3-Clause",
    "bsd new": "BSD-3-Clause", "bsd3": "BSD-3-Clause", "bsd 2 clause": "BSD-2-Clause",
    "2 clause bsd": "BSD-2-Clause", "simplified bsd": "BSD-2-Clause", "bsd 2": "BSD-2-Clause",
    "freebsd": "BSD-2-Clause", "zero clause bsd": "0BSD", "isc": "ISC", "zlib libpng": "Zlib",
    "python software foundation": "PSF-2.0", "psf": "PSF-2.0", "psfl": "PSF-2.0", "python": "PSF-2.0",
    "mozilla public 2.0": "MPL-2.0", "mpl 2.0": "MPL-2.0", "mpl 2": "MPL-2.0", "mpl2": "MPL-2.0",
    "mozilla public 1.1": "MPL-1.1", "unlicense": "Unlicense", "cc0 1.0 universal": "CC0-1.0",
    "cc0": "CC0-1.0",
    "boost software 1.0": "BSL-1.0", "eclipse public 2.0": "EPL-2.0", "eclipse public 1.0": "EPL-1.0",
    "historical permission notice and disclaimer": "HPND", "academic free": "LicenseRef-AFL",
    "artistic": "LicenseRef-Artistic", "universal permissive": "UPL-1.0", "wtfpl": "WTFPL",
    "public domain": "LicenseRef-PublicDomain", "other proprietary": "LicenseRef-Proprietary",
    "proprietary": "LicenseRef-Proprietary", "nvidia proprietary software": "LicenseRef-NVIDIA-Proprietary",
    "gnu general public": "LicenseRef-GPL", "gpl": "LicenseRef-GPL", "gnu gpl": "LicenseRef-GPL",
    "gnu general public v2": "GPL-2.0-only", "gnu general public v3": "GPL-3.0-only",
    "gpl v2": "GPL-2.0-only",
    "gplv2": "GPL-2.0-only", "gpl 2": "GPL-2.0-only", "gpl v3": "GPL-3.0-only", "gplv3": "GPL-3.0-only",
    "gpl 3": "GPL-3.0-only", "gpl v3.0": "GPL-3.0-only", "gpl 3.0": "GPL-3.0-only",
    "gnu gplv3": "GPL-3.0-only", "gnu gpl v3": "GPL-3.0-only", "gplv2+": "GPL-2.0-or-later",
    "gplv3+": "GPL-3.0-or-later", "gnu general public v2 or later": "GPL-2.0-or-later",
    "gnu general public v3 or later": "GPL-3.0-or-later", "gpl v3 or later": "GPL-3.0-or-later",
    "gnu lesser general public v2": "LGPL-2.0-only", "gnu lesser general public v3": "LGPL-3.0-only",
    "gnu lesser general public v2 or later": "LGPL-2.0-or-later",
    "gnu lesser general public v3 or later": "LGPL-3.0-or-later", "lgplv3": "LGPL-3.0-only",
    "lgplv3+": "LGPL-3.0-or-later", "lgplv2+": "LGPL-2.0-or-later", "lgpl": "LicenseRef-LGPL",
    "gnu library or lesser general public": "LicenseRef-LGPL", "lgpl v3": "LGPL-3.0-only",
    "gnu affero general public v3": "AGPL-3.0-only",
    "gnu affero general public v3 or later": "AGPL-3.0-or-later", "agplv3": "AGPL-3.0-only",
  ]
}

extension String {
  /// In lower case, words with one space between, without the words that names of licences have or leave out.
  fileprivate var comparableName: String {
    guard utf8.count <= 200 else { return "" }
    var text = self
    if hasSuffix(")"), let bracket = lastIndex(of: "("), bracket > startIndex {
      text = String(self[..<bracket])
    }
    let dropped: Set<String> = ["the", "license", "licence", "licensed", "version", "under", "and/or"]
    let words = text.lowercased().split { $0.isWhitespace || ",-_/\"'".contains($0) }
    return words.map(String.init).filter { !dropped.contains($0) }.joined(separator: " ")
  }

  fileprivate func components(separatedBy mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: true).map(String.init)
  }
}
