import ConfigMerge
package import Model
package import SystemPackage

/// Whether directories, entry points, roots and the jobs of continuous integration say the same.
///
/// Each problem is an error at the place that is to be changed, in files relative to the directory.
package struct PlatformaCheck: Sendable {
  package private(set) var problems: [Diagnostic] = []
  /// What could not be compared, and why.
  package private(set) var remarks: [Diagnostic] = []

  private let directory: FilePath
  private var packages: [PlatformaPackage] = []

  /// The roots of recorded runenvs must be for the platforms of their bundles; those of others are not compared.
  ///
  /// - Throws: `FileError` when the directory can't be listed.
  package init(of directory: FilePath, recorded: [PlatformaRunenv]) throws {
    self.directory = directory
    for name in try listDirectory(directory) where name.hasPrefix(PlatformaNames.runenvPrefix) {
      let path = "\(name)/package.json"
      guard FileStatus(of: directory.appending(name).appending("package.json")) != nil else { continue }
      guard let node = read(path) else { continue }
      packages.append(PlatformaPackage(directory: name, node: node))
    }
    for runenv in recorded where !packages.contains(where: { $0.directory == runenv.id }) {
      problems.append(
        Diagnostic(
          .error, "'\(runenv.id)' is on record and has no directory with a package.json", hint: Self.hint))
    }
    for package in packages { check(package, recorded: recorded.first { $0.id == package.directory }) }
    checkCatalogue()
    checkJobs()
    problems.sort { ($0.position?.description ?? "") < ($1.position?.description ?? "") }
  }

  private static let hint = "'ppp catalogue export --format platforma' writes it"

  private mutating func report(_ message: String, at position: SourcePosition, hint: String? = nil) {
    problems.append(Diagnostic(.error, message, at: position, hint: hint))
  }

  /// What a file says; nil, and a problem, when it can't be read.
  private mutating func read(_ path: String) -> Node? {
    do {
      return try Node.parse(json: readFile(directory.pushing(FilePath(path))), file: path)
    } catch let errors as ConfigurationErrors {
      problems += errors.diagnostics
    } catch {
      problems.append(Diagnostic(error))
    }
    return nil
  }
}

extension PlatformaCheck {
  private mutating func check(_ package: PlatformaPackage, recorded: PlatformaRunenv?) {
    let id = package.directory
    if let name = package.name, name.string?.hasSuffix(id) != true {
      report("the package is called '\(name.string ?? "")' in directory '\(id)'", at: name.position)
    }
    guard let artifact = package.artifact else {
      report("there is no environment entry point 'main'", at: package.node.position, hint: Self.hint)
      return
    }
    let version = PlatformaNames.entryPoint(of: id).prefix { $0 != "-" }
    if package.python?.string != String(version) {
      report(
        "the python-version is '\(package.python?.string ?? "")' in directory '\(id)'",
        at: package.python?.position ?? artifact.position, hint: "write \(version)")
    }
    for root in package.roots {
      guard Platform.all.contains(where: { $0.description == root.key }) else {
        report("'\(root.key)' is no platform", at: root.keyPosition)
        continue
      }
      if root.value.string?.split(separator: "/").last.map(String.init) != root.key {
        report("the root of \(root.key) is '\(root.value.string ?? "")'", at: root.value.position)
      }
    }
    if let recorded { compareRoots(of: package, with: recorded, artifact) }
    compareDescriptor(of: package, artifact)
  }

  private mutating func compareRoots(
    of package: PlatformaPackage, with runenv: PlatformaRunenv, _ artifact: Node
  ) {
    let names = runenv.platforms.map(\.description)
    for name in names where !package.roots.contains(where: { $0.key == name }) {
      report("there is a bundle for \(name) and no root", at: artifact.position, hint: Self.hint)
    }
    for root in package.roots where !names.contains(root.key) {
      report("there is a root for \(root.key) and no bundle on record", at: root.keyPosition, hint: Self.hint)
    }
  }

  /// The descriptor, where it is there already, with what it is made from.
  private mutating func compareDescriptor(of package: PlatformaPackage, _ artifact: Node) {
    let path = "\(package.directory)/\(PlatformaNames.descriptor)"
    guard FileStatus(of: directory.pushing(FilePath(path))) != nil, let node = read(path) else { return }
    let descriptor = node.value("runEnv")
    for key in ["python-version", "registry", "binDir", "envVars"] {
      let (written, wanted) = (descriptor?.value(key), artifact.value(key))
      let isSame =
        written.map(OrderedJSON.init) ?? .array([]) == wanted.map(OrderedJSON.init) ?? .array([])
      if !isSame {
        report(
          "the descriptor's \(key) is not that of \(package.directory)/package.json",
          at: written?.position ?? node.position, hint: Self.hint)
      }
    }
  }

  /// The catalogue package with the directories.
  private mutating func checkCatalogue() {
    let path = "\(PlatformaNames.catalogueDirectory)/package.json"
    guard FileStatus(of: directory.pushing(FilePath(path))) != nil else {
      problems.append(Diagnostic(.error, "there is no '\(path)'", hint: Self.hint))
      return
    }
    guard let node = read(path) else { return }
    let entries = node.value(PlatformaNames.entryPointsPath)?.entries ?? []
    let dependencies = node.value("dependencies")?.entries ?? []
    var referenced: Set<String> = []
    for entry in entries {
      let reference = entry.value.value("reference")
      let name = (reference?.string ?? "").split(separator: "/").prefix(2).joined(separator: "/")
      referenced.insert(name)
      if !dependencies.contains(where: { $0.key == name }) {
        report(
          "entry point '\(entry.key)' needs '\(name)', which is no dependency", at: entry.keyPosition,
          hint: "add \"\(name)\": \"workspace:*\" to the dependencies")
      }
      let id = PlatformaNames.runenv(ofEntryPoint: entry.key)
      guard let package = packages.first(where: { $0.directory == id }) else {
        report("entry point '\(entry.key)' has no directory '\(id)'", at: entry.keyPosition)
        continue
      }
      let wanted = PlatformaNames.reference(toPackage: package.name?.string ?? "")
      if reference?.string != wanted {
        report(
          "entry point '\(entry.key)' refers to '\(reference?.string ?? "")'",
          at: reference?.position ?? entry.keyPosition, hint: "write \(wanted)")
      }
    }
    for dependency in dependencies where !referenced.contains(dependency.key) {
      report("the dependency '\(dependency.key)' has no entry point", at: dependency.keyPosition)
    }
    for package in packages {
      let name = PlatformaNames.entryPoint(of: package.directory)
      if !entries.contains(where: { $0.key == name }) {
        report(
          "'\(package.directory)' has no entry point in \(path)", at: package.node.position, hint: Self.hint)
      }
    }
  }
}

extension PlatformaCheck {
  /// The platforms that jobs are for with those of the roots, and the runenvs that they name with the directories.
  private mutating func checkJobs() {
    let workflows = FilePath(".github").appending("workflows")
    let place = directory.pushing(workflows)
    let names = FileStatus(of: place) == nil ? [] : (try? listDirectory(place)) ?? []
    let files = names.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }
    var jobs = PlatformaJobs()
    for name in files {
      let path = workflows.appending(name).string
      do {
        jobs.add(try Node.parse(yaml: readFile(directory.pushing(FilePath(path))), file: path))
      } catch let errors as ConfigurationErrors {
        problems += errors.diagnostics
      } catch {
        problems.append(Diagnostic(error))
      }
    }
    for (id, position) in jobs.runenvs where !packages.contains(where: { $0.directory == id }) {
      report("a job names '\(id)', which has no directory with a package.json", at: position)
    }
    guard !jobs.platforms.isEmpty else {
      remarks.append(
        Diagnostic(.warning, "no workflow in \(workflows) names a platform: jobs are not compared with roots")
      )
      return
    }
    let roots = packages.flatMap(\.roots)
    for platform in Platform.all {
      let root = roots.first { $0.key == platform.description }
      let job = jobs.platforms.first { $0.platform == platform }
      if let root, job == nil {
        report("no job builds for \(platform), for which there are roots", at: root.keyPosition)
      }
      if let job, root == nil {
        report("a job builds for \(platform), for which there is no root", at: job.position)
      }
    }
  }
}

/// A runenv's directory with a `package.json`.
struct PlatformaPackage: Sendable {
  let directory: String
  let node: Node

  var name: Node? { node.value("name") }
  var artifact: Node? { node.value(PlatformaNames.environmentPath) }
  var python: Node? { artifact?.value("python-version") }
  var roots: [Node.Entry] { artifact?.value("roots")?.entries ?? [] }
}

extension Node {
  func value(_ key: String) -> Node? { entries.first { $0.key == key }?.value }

  func value(_ path: [String]) -> Node? {
    path.reduce(Optional(self)) { node, key in node?.value(key) }
  }
}
