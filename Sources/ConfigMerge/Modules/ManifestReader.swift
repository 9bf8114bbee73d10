import Model
import SystemPackage

/// Makes a manifest of a file's values, and collects what is wrong with them.
struct ManifestReader {
  let file: String
  /// Where the files are that it lists; nil when they aren't looked for.
  let directory: FilePath?
  var checker = Checker(isShared: true, root: KnownKeys.manifest)
  private(set) var options: [ModuleOption] = []

  init(file: String, directory: FilePath?) {
    self.file = file
    self.directory = directory
  }

  var problems: [Diagnostic] { checker.problems }

  /// The manifest; whether it is good the problems say, and without its required keys there is none.
  mutating func read(_ root: Node) -> ModuleManifest? {
    checker.check(root, against: KnownKeys.manifest)
    options = (root[.options]?.elements ?? []).compactMap { readOption($0) }
    checkTwice(options.map { ($0.name, $0.position) }, "the option")
    let name = text(root[.name]).flatMap { text in
      parsed { () throws(ParseError) in try ModuleName(parsing: text) }
    }
    let version = text(root[.version]).flatMap(PackageVersion.init)
    let inputs = fields(root[.inputs])
    let outputs = fields(root[.outputs])
    let dependencies = requirements(root[.dependencies], of: name)
    let devDependencies = requirements(root[.devDependencies], of: name)
    let needs = needs(root[.needs], of: name)
    let files = files(root[.files])
    checkEntryPoint(root[.entryPoint], of: name)
    guard let name, let version, let summary = text(root[.summary]) else { return nil }
    return ModuleManifest(
      name: name, version: version, summary: summary, python: python(root[.python]),
      platforms: platforms(root[.platforms]), inputs: inputs, outputs: outputs, options: options,
      entryPoint: text(root[.entryPoint]), dependencies: dependencies, devDependencies: devDependencies,
      needs: needs, files: files, notes: located(root[.notes]), file: file)
  }

  private func text(_ node: Node?) -> String? { node?.string }

  func located(_ node: Node?) -> Located<String>? {
    guard let node, let text = node.string else { return nil }
    return Located(text, at: node.position, origin: .module)
  }

  private func python(_ node: Node?) -> Located<String>? {
    located(node).map { located in
      located.map { text in
        parsed { () throws(ParseError) in try Requirement.specifiers(pinning: text) } ?? text
      }
    }
  }

  private mutating func platforms(_ node: Node?) -> [Platform] {
    checker.checkPlatforms(node)
    let named = (node?.elements ?? []).compactMap { element in
      element.string.flatMap { text in parsed { () throws(ParseError) in try Platform(parsing: text) } }
    }
    return node == nil ? Platform.all : Platform.all.filter(named.contains)
  }

  private mutating func fields(_ node: Node?) -> [ModuleField] {
    let nodes = node?.elements ?? []
    checkTwice(
      nodes.compactMap { $0[.name] }.compactMap { node in node.string.map { ($0, node.position) } }, "")
    return nodes.compactMap { element in
      guard let name = text(element[.name]), let summary = text(element[.summary]) else { return nil }
      return ModuleField(name: name, summary: summary)
    }
  }

  private mutating func requirements(_ node: Node?, of module: ModuleName?) -> [ModuleRequirement] {
    (node?.elements ?? []).compactMap { element in
      let condition = condition(element[.when])
      guard let node = element.isMapping ? element[.requirement] : element,
        let requirement = node.string.flatMap({ text in
          parsed { () throws(ParseError) in try Requirement(parsing: text) }
        })
      else { return nil }
      if let module, requirement.name == module.packageName {
        checker.report(
          "the module depends on a package of its own name", at: node.position,
          hint: "name the module otherwise, or remove the requirement")
      }
      return ModuleRequirement(
        requirement: Located(requirement, at: node.position, origin: .module), condition: condition)
    }
  }

  private mutating func needs(_ node: Node?, of module: ModuleName?) -> [ModuleNeed] {
    let needs = (node?.elements ?? []).compactMap { element -> ModuleNeed? in
      element.string
        .flatMap { text in parsed { () throws(ParseError) in try ModuleNeed.parts(of: text) } }
        .map { ModuleNeed(name: $0.name, specifiers: $0.specifiers, position: element.position) }
    }
    checkTwice(needs.map { ($0.name.importName, $0.position) }, "the module")
    for need in needs where need.name == module {
      checker.report("the module needs itself", at: need.position, hint: "remove it")
    }
    return needs
  }

  private mutating func checkEntryPoint(_ node: Node?, of module: ModuleName?) {
    guard let node, let module, let package = node.string?.prefix(while: { $0 != "." && $0 != ":" }),
      package != module.importName, node.string?.contains(":") == true
    else { return }
    checker.report(
      "the entry point is not in the module's package '\(module.importName)'", at: node.position,
      hint: "write \(module.importName).module:function")
  }

  /// Reports what was named before; `kind` is what it is, as in `the option`.
  mutating func checkTwice(_ names: [(String, SourcePosition)], _ kind: String) {
    var places: [String: SourcePosition] = [:]
    for (name, position) in names {
      if let first = places[name] {
        let subject = kind.isEmpty ? "'\(name)'" : "\(kind) '\(name)'"
        checker.report("\(subject) is there twice", at: position, hint: "it was first given at \(first)")
      } else {
        places[name] = position
      }
    }
  }
}

extension ModuleName {
  /// The name as Python's package index compares it.
  fileprivate var packageName: PackageName? {
    parsed { () throws(ParseError) in try PackageName(parsing: description) }
  }
}
