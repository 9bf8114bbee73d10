import Model
import SystemPackage

/// Makes a recipe of a file's values, and collects what is wrong with them.
struct BuildRecipeReader {
  let package: PackageName
  let file: String
  /// Where the files are that it names; nil when they aren't looked for.
  let directory: FilePath?
  private var checker = Checker(isShared: true, root: KnownKeys.buildRecipe)

  init(package: PackageName, file: String, directory: FilePath?) {
    self.package = package
    self.file = file
    self.directory = directory
  }

  var problems: [Diagnostic] { checker.problems }

  /// The recipe; whether it is good the problems say, and without its required key there is none.
  mutating func read(_ root: Node) -> BuildRecipe? {
    checker.check(root, against: KnownKeys.buildRecipe)
    checker.checkPlatforms(root[.platforms])
    checkPatches(root[.patches])
    checkUse(root)
    guard let reason = root[.reason]?.string else { return nil }
    return BuildRecipe(
      package: package, reason: reason, versions: specifiers(root[.versions]),
      python: specifiers(root[.python]),
      platforms: platforms(root[.platforms]), buildRequires: root[.buildRequires].map(requirements),
      configSettings: texts(root[.configSettings]), environment: environment(root[.env]),
      patches: (root[.patches]?.elements ?? []).compactMap(located), additions: additions(root[.sources]),
      systemRequires: texts(root[.systemRequires]), dependencies: root[.dependencies].map(requirements),
      timeout: root[.timeout]?.integer, test: texts(root[.test]),
      testRequires: root[.testRequires].map(requirements) ?? [], directory: directory ?? FilePath(file),
      file: file)
  }

  private func texts(_ node: Node?) -> [String] { (node?.elements ?? []).compactMap(\.string) }

  private func located(_ node: Node) -> Located<String>? {
    node.string.map { Located($0, at: node.position, origin: .recipe) }
  }

  private func specifiers(_ node: Node?) -> String? {
    node?.string.map { text in
      parsed { () throws(ParseError) in try Requirement.specifiers(pinning: text) } ?? text
    }
  }

  private func requirements(_ node: Node) -> [Requirement] {
    texts(node).compactMap { text in parsed { () throws(ParseError) in try Requirement(parsing: text) } }
  }

  private func platforms(_ node: Node?) -> [Platform] {
    guard let node else { return Platform.all }
    let named = texts(node).compactMap { text in
      parsed { () throws(ParseError) in try Platform(parsing: text) }
    }
    return Platform.all.filter(named.contains)
  }

  private func environment(_ node: Node?) -> [String: String] {
    let pairs = (node?.entries ?? []).compactMap { entry in
      OptionText(entry.value).map { (entry.key, $0.text) }
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  private func additions(_ node: Node?) -> [BuildRecipe.Addition] {
    (node?.elements ?? []).compactMap { element in
      guard let url = element[.url]?.string, let to = element[.to]?.string,
        let digest = element[.sha256]?.string.flatMap({ text in
          parsed { () throws(ParseError) in try Digest(parsing: text) }
        })
      else { return nil }
      return BuildRecipe.Addition(url: url, sha256: digest, to: to)
    }
  }

  /// Reports patches that aren't there, or lead out of the recipe's directory over links.
  private mutating func checkPatches(_ node: Node?) {
    guard let directory else { return }
    for element in node?.elements ?? [] {
      guard let text = element.string, text.problemAsInnerPath(leaving: "") == nil else { continue }
      let path = directory.pushing(FilePath(text))
      guard FileStatus(of: path)?.kind == .file else {
        checker.report(
          "the patch '\(text)' is not there", at: element.position,
          hint: "put it beside \(file), or remove it here")
        continue
      }
      do throws(FileError) {
        guard try realPath(path).starts(with: realPath(directory)) else {
          checker.report(
            "the patch '\(text)' leads out of the recipe's directory", at: element.position,
            hint: "replace the link by the file")
          continue
        }
      } catch {
        checker.report(error.description, at: element.position, hint: error.hint)
      }
    }
  }

  /// Reports what has no effect where it stands.
  private mutating func checkUse(_ root: Node) {
    if let program = root[.test]?.elements.first, program.string?.isBlank == true {
      checker.report("the test names no program", at: program.position, hint: "write [\"python\", \"-c\", …]")
    }
    if let node = root[.testRequires], root[.test] == nil {
      checker.report(
        "'testRequires' is there without a test", at: node.position, hint: "add \"test\", or remove it")
    }
  }
}
