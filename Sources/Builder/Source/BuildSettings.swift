import Artifacts
import ConfigMerge
import Model
import SystemPackage

/// How one package is built, whatever says so: a recipe, a buildWheel rule over it, or nothing.
struct BuildSettings: Sendable, Hashable {
  /// In place of what the package asks for; nil leaves that to the package.
  var requires: [String]?
  /// `KEY=VALUE` settings for the build backend.
  var backend: [String] = []
  var environment: [String: String] = [:]
  var patches: [FilePath] = []
  /// Files that the source lacks.
  var additions: [BuildRecipe.Addition] = []
  /// Programs, headers and libraries that have to be on the building machine.
  var systemRequires: [String] = []
  /// In seconds.
  var timeout: Int
  /// The recipe that it begins with.
  let recipe: ServedRecipe?
  /// What of the rule decides the wheel, but for patches.
  private var ruleFields: [String] = []
  private var rulePatches: [FilePath] = []

  /// What the recipe for the package says, and over it what the rule does; in a rule `{packageRoot}` becomes
  /// `packageRoot`.
  init(_ recipe: Recipe, package: PackageName, version: String?, packageRoot: FilePath) {
    timeout = recipe.build.timeout.value
    self.recipe = recipe.buildRecipe(for: package, version: version)
    if let own = self.recipe?.recipe { take(own) }
    if case .buildWheel(let rule, _) = recipe.rules[package] { take(rule, packageRoot: packageRoot) }
  }

  private mutating func take(_ recipe: BuildRecipe) {
    requires = recipe.buildRequires?.map(\.description)
    backend = recipe.configSettings.map(recipe.filled)
    environment = recipe.environment.mapValues(recipe.filled)
    patches = recipe.patches.map { recipe.directory.pushing(FilePath($0.value)) }
    additions = recipe.additions
    systemRequires = recipe.systemRequires
    timeout = recipe.timeout ?? timeout
  }

  /// Key by key in place of what the recipe says; variables and settings one by one.
  private mutating func take(_ rule: BuildWheelRule, packageRoot: FilePath) {
    func filled(_ text: String) -> String {
      text.replacing(BuildRecipe.placeholder, with: packageRoot.string)
    }
    let (settings, variables) = (rule.configSettings.map(filled), rule.environment.mapValues(filled))
    let keys = Set(settings.map { $0.prefix { $0 != "=" } })
    backend = backend.filter { text in !keys.contains(text.prefix { $0 != "=" }) } + settings
    environment.merge(variables) { $1 }
    if !rule.buildRequires.isEmpty { requires = rule.buildRequires.map(\.description) }
    rulePatches = rule.patches.map { rule.base.pushing(FilePath($0.value)) }
    if !rulePatches.isEmpty { patches = rulePatches }
    if !rule.systemRequires.isEmpty { systemRequires = rule.systemRequires }
    timeout = rule.timeout ?? timeout
    ruleFields = rule.keyFields(settings: settings, variables: variables)
  }

  /// Settings by key, values in their order.
  var backendByKey: [String: [String]] {
    backend.reduce(into: [:]) { settings, text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      settings[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
    }
  }

  /// What of it decides the wheel: the recipe by its digest and what the rule says, patches by their contents;
  /// neither the time-out nor what the machine must have.
  ///
  /// - Throws: `SourceBuildError.patchMissing`.
  func keyFields(of package: PackageName) throws -> [String] {
    try ruleFields + rulePatches.map { try "patch \(Self.digest(ofPatch: $0, of: package))" }
      + (recipe.map { ["recipe \($0.digest.hex)"] } ?? [])
  }

  private static func digest(ofPatch path: FilePath, of package: PackageName) throws -> Digest {
    guard FileStatus(of: path)?.kind == .file else {
      throw SourceBuildError.patchMissing(package, path.string)
    }
    return Digest.sha256(of: try readFile(path))
  }
}

extension PackageRule {
  /// What of a rule decides how a package is built.
  var buildSettings: [String] {
    guard case .buildWheel(let rule, _) = self else { return [] }
    let patches = rule.patches.map { patch in
      // A patch that isn't there is told of when the package is built.
      let bytes = try? readFile(rule.base.pushing(FilePath(patch.value)))
      return "patch \(bytes.map { Digest.sha256(of: $0).hex } ?? "missing")"
    }
    return rule.keyFields(settings: rule.configSettings, variables: rule.environment) + patches
  }
}

extension BuildWheelRule {
  /// What of it decides the wheel, but for patches.
  fileprivate func keyFields(settings: [String], variables: [String: String]) -> [String] {
    buildRequires.map { "requires \($0)" } + settings
      + variables.sorted { $0.key < $1.key }.map { "env \($0.key)=\($0.value)" }
  }
}
