import Model
import SystemPackage

/// Another runenv's configuration, checked, on its way into a new one.
struct RunenvCopy {
  let directory: FilePath
  let python: PythonVersion
  /// Nil when the runenv has the shared configuration as it is.
  private let file: (name: String, text: ConfigurationText, content: Configuration)?

  /// - Throws: `ConfigurationErrors` with what is wrong with its configuration.
  init(of directory: FilePath, python: PythonVersion, in workspace: FilePath) throws(ConfigurationErrors) {
    self.directory = directory
    self.python = python
    var loader = WorkspaceLoader(root: workspace)
    let path = loader.configurationFile(among: Workspace.ownNames, in: directory)
    let content = path.map { loader.read($0, origin: .runenv, base: directory) }
    guard !loader.hasErrors else {
      throw ConfigurationErrors(diagnostics: loader.problems, sources: loader.sources)
    }
    if let path, let content, let name = path.lastComponent?.string, let (shown, text) = loader.sources.first
    {
      file = (name, ConfigurationText(text, file: shown), content)
    } else {
      file = nil
    }
  }

  func scaffold(at place: FilePath, python new: PythonVersion, platforms: [Platform]) throws -> Scaffold {
    guard let file else {
      var text = ConfigurationText("{}\n", file: "config.json")
      if !platforms.isEmpty { try text.setPlatforms(platforms) }
      return try Scaffold(directory: place, files: [Scaffold.File("config.json", text: text.text)])
    }
    var text = file.text
    var warnings: [Diagnostic] = []
    if !platforms.isEmpty { try text.setPlatforms(platforms) }
    if python.minorVersion != new.minorVersion { warnings += try text.setSuites(for: new) }
    var copies: [String: Scaffold.File] = [file.name: Scaffold.File(file.name, text: text.text)]
    let rules = [file.content.packages] + file.content.platformPackages.values
    for rule in rules.flatMap(\.copyFiles) {
      try copy(rule.from.value, position: rule.from.position, into: &copies)
    }
    return try Scaffold(directory: place, files: Array(copies.values), warnings: warnings)
  }

  /// Adds a file, or all that is in a directory.
  private func copy(
    _ path: String, position: SourcePosition?, into copies: inout [String: Scaffold.File]
  ) throws {
    let inner = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let place = directory.appending(inner)
    guard copies[inner] == nil else { return }
    guard let status = FileStatus(of: place, followingLinks: false) else {
      throw ScaffoldError.missingFile(path, position: position)
    }
    // A way over a link would copy what isn't the runenv's.
    let parent = try realPath(place.removingLastComponent())
    guard parent.starts(with: try realPath(directory)) else {
      throw ScaffoldError.notCopied(path, position: position)
    }
    switch status.kind {
    case .file:
      copies[inner] = Scaffold.File(
        inner, .bytes(try readFile(place)), isExecutable: status.isExecutable)
    case .symlink:
      let target = try readLink(place)
      let isInside = FilePath(inner).removingLastComponent().appending(target).staysInside
      guard !target.hasPrefix("/"), isInside else {
        throw ScaffoldError.notCopied(path, position: position)
      }
      copies[inner] = Scaffold.File(inner, .link(target: target))
    case .directory:
      for name in try listDirectory(place) where name != "__pycache__" {
        try copy(inner.isEmpty ? name : "\(inner)/\(name)", position: position, into: &copies)
      }
    case .other: throw ScaffoldError.notCopied(path, position: position)
    }
  }
}

extension FilePath {
  /// Whether a relative path doesn't lead out of where it starts.
  fileprivate var staysInside: Bool {
    var depth = 0
    for component in components where component.kind != .currentDirectory {
      depth += component.kind == .parentDirectory ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }
}
