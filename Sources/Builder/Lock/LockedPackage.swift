package import Model

/// One package of a cell, at one version, from one file.
package struct LockedPackage: Hashable, Sendable {
  /// What the package is made from.
  package enum Source: Hashable, Sendable {
    /// A wheel of an index.
    case wheel(LockedFile)
    /// A source distribution of an index, to be built.
    case sourceDistribution(LockedFile)
    /// A file that the requirement named by URL: a wheel if its name ends so, else source to be built.
    case archive(LockedFile, subdirectory: String?)
    /// A commit of a repository, to be built.
    case revision(LockedRevision)
  }

  package var name: PackageName
  /// As PEP 440 writes it; nil where a source tells only when it is built.
  package var version: String?
  /// The index it was found in, without credentials, where that is certain.
  package var index: String?
  package var source: Source

  package init(name: PackageName, version: String?, index: String? = nil, source: Source) {
    self.name = name
    self.version = version
    self.index = index
    self.source = source
  }

  /// The file to fetch; nil for a repository.
  package var file: LockedFile? {
    switch source {
    case .wheel(let file), .sourceDistribution(let file), .archive(let file, _): file
    case .revision: nil
    }
  }

  /// Whether there is no wheel to install until one is built.
  package var needsBuild: Bool {
    switch source {
    case .wheel: false
    case .archive(let file, _): !file.name.hasSuffix(".whl")
    case .sourceDistribution, .revision: true
    }
  }
}

/// A commit of a version-controlled repository.
package struct LockedRevision: Hashable, Sendable {
  /// `git`, the only kind that uv resolves.
  package var kind: String
  package var url: String
  /// The branch or tag that was asked for.
  package var requested: String?
  package var commit: String
  package var subdirectory: String?

  package init(kind: String, url: String, requested: String?, commit: String, subdirectory: String?) {
    self.kind = kind
    self.url = url
    self.requested = requested
    self.commit = commit
    self.subdirectory = subdirectory
  }
}
