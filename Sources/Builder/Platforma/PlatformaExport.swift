package import Catalogue
import ConfigMerge
import Model
package import SystemPackage

/// The catalogue's runenvs as packages of Platforma's package builder: a value, until it is written.
///
/// Of a `package.json` that is there only what follows from the catalogue is changed: the Python version, the roots, entry
/// points and the dependencies that these need. Everything else stays, and so do entry points of runenvs that aren't
/// on record any more: the catalogue package keeps what was published once.
package struct PlatformaExport: Sendable {
  package struct File: Hashable, Sendable {
    package enum Change: String, Sendable, Codable {
      case create
      case update
      case same
    }

    /// Relative to the directory.
    package let path: String
    package let text: String
    package let change: Change
  }

  /// In the order of their writing: the catalogue, which refers to all others, comes last.
  package let files: [File]
  private let directory: FilePath

  /// - Throws: `ConfigurationErrors` when a file that is there is not what it should be; `FileError`.
  package init(_ runenvs: [PlatformaRunenv], names: PlatformaNames, in directory: FilePath) throws {
    self.directory = directory
    var files: [File] = []
    var packages: [(runenv: String, name: String)] = []
    for runenv in runenvs {
      var package = try Self.read("\(runenv.id)/package.json", in: directory) ?? names.template(for: runenv)
      package.describe(runenv, registry: names.registry)
      let name = package["name"]?.text ?? names.package(of: runenv.id)
      packages.append((runenv.id, name))
      files.append(try Self.file("\(runenv.id)/package.json", package.indentedText, in: directory))
      files.append(
        try Self.file(
          "\(runenv.id)/\(PlatformaNames.descriptor)", package.descriptor(name: name).compactText,
          in: directory))
    }
    let place = "\(PlatformaNames.catalogueDirectory)/package.json"
    var catalogue = try Self.read(place, in: directory) ?? names.catalogueTemplate
    for (runenv, name) in packages { catalogue.offer(runenv, package: name) }
    files.append(try Self.file(place, catalogue.indentedText, in: directory))
    self.files = files
  }

  /// The runenvs of bundles, sorted by id; those with a module in them are left out, of which Platforma knows nothing.
  package static func runenvs(of bundles: [BundleSummary]) -> [PlatformaRunenv] {
    let plain = bundles.filter { $0.cell.module == nil && $0.runenv.hasPrefix(PlatformaNames.runenvPrefix) }
    return Dictionary(grouping: plain, by: \.runenv).compactMap { id, bundles in
      bundles.first.map { PlatformaRunenv(id: id, python: $0.python, platforms: bundles.map(\.platform)) }
    }.sorted { $0.id < $1.id }
  }

  /// Writes what is not there as it should be.
  package func write() throws {
    for file in files where file.change != .same {
      let path = directory.pushing(FilePath(file.path))
      try makeDirectory(path.removingLastComponent())
      try writeAtomically(file.text.utf8, to: path)
    }
  }

  private static func file(_ path: String, _ text: String, in directory: FilePath) throws -> File {
    guard let bytes = try bytes(of: path, in: directory) else {
      return File(path: path, text: text, change: .create)
    }
    return File(path: path, text: text, change: bytes.elementsEqual(text.utf8) ? .same : .update)
  }

  private static func read(_ path: String, in directory: FilePath) throws -> OrderedJSON? {
    guard let bytes = try bytes(of: path, in: directory) else { return nil }
    let node = try Node.parse(json: bytes, file: path)
    guard case .mapping = node.content else {
      let problem = Diagnostic(.error, "'\(path)' holds no JSON object", at: node.position, hint: "remove it")
      throw ConfigurationErrors(diagnostics: [problem], sources: [:])
    }
    return OrderedJSON(node)
  }

  private static func bytes(of path: String, in directory: FilePath) throws -> [UInt8]? {
    let path = directory.pushing(FilePath(path))
    guard FileStatus(of: path) != nil else { return nil }
    return try readFile(path)
  }
}

extension OrderedJSON {
  /// Puts in what follows from the catalogue.
  fileprivate mutating func describe(_ runenv: PlatformaRunenv, registry: String) {
    let path = PlatformaNames.environmentPath[...]
    var artifact = self[path] ?? .fields([:])
    artifact["type"] = .string("environment")
    artifact["runtime"] = .string("python")
    if artifact["registry"] == nil { artifact["registry"] = .string(registry) }
    artifact["python-version"] = .string(runenv.python.description)
    let known = artifact["roots"]
    artifact["roots"] = .object(
      runenv.platforms.map { platform in
        let name = platform.description
        return Entry(key: name, value: known?[name] ?? .string("./pydist/\(name)"))
      })
    if artifact["binDir"] == nil { artifact["binDir"] = .string("bin") }
    self[path] = artifact
  }

  /// What the package builder makes of an environment's entry point: `main.sw.json`.
  fileprivate func descriptor(name: String) -> OrderedJSON {
    let artifact = self[PlatformaNames.environmentPath[...]] ?? .null
    let version = self["version"]?.text ?? "1.0.0"
    return .fields([
      "name": .string("\(name):main"),
      "runEnv": .fields([
        "type": artifact["runtime"] ?? .string("python"),
        "python-version": artifact["python-version"] ?? .null,
        "envVars": artifact["envVars"] ?? .array([]), "registry": artifact["registry"] ?? .null,
        "package": .string(PlatformaNames.archive(ofPackage: name, version: version)),
        "binDir": artifact["binDir"] ?? .string("bin"),
      ]),
    ])
  }

  /// Gives the catalogue package an entry point and what it depends on.
  fileprivate mutating func offer(_ runenv: String, package name: String) {
    let path = PlatformaNames.entryPointsPath + [PlatformaNames.entryPoint(of: runenv)]
    self[path[...]] = .fields(["reference": .string(PlatformaNames.reference(toPackage: name))])
    if self["dependencies"]?[name] == nil { self[["dependencies", name][...]] = .string("workspace:*") }
  }
}
