import Artifacts
import ConfigMerge
import Model
import SystemPackage

/// How one package is built, whatever says so: a buildWheel rule, or nothing.
struct BuildSettings: Sendable, Hashable {
  /// In place of what the package asks for; nil leaves that to the package.
  var requires: [String]?
  /// `KEY=VALUE` settings for the build backend.
  var backend: [String] = []
  var environment: [String: String] = [:]
  var patches: [FilePath] = []
  /// Programs, headers and libraries that have to be on the building machine.
  var systemRequires: [String] = []
  /// In seconds.
  var timeout: Int

  /// What the recipe says; `{packageRoot}` becomes `packageRoot`.
  init(_ recipe: Recipe, package: PackageName, packageRoot: FilePath) {
    timeout = recipe.build.timeout.value
    guard case .buildWheel(let rule, _) = recipe.rules[package] else { return }
    func filled(_ text: String) -> String { text.replacing("{packageRoot}", with: packageRoot.string) }
    requires = rule.buildRequires.isEmpty ? nil : rule.buildRequires.map(\.description)
    backend = rule.configSettings.map(filled)
    environment = rule.environment.mapValues(filled)
    patches = rule.patches.map { rule.base.pushing(FilePath($0.value)) }
    systemRequires = rule.systemRequires
    timeout = rule.timeout ?? timeout
  }

  /// Settings by key, values in their order.
  var backendByKey: [String: [String]] {
    backend.reduce(into: [:]) { settings, text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      settings[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
    }
  }

  /// What of it decides the wheel: patches by their contents; neither the time-out nor what the machine must have.
  ///
  /// - Throws: `SourceBuildError.patchMissing`.
  func keyFields(of package: PackageName) throws -> [String] {
    try (requires ?? []).map { "requires \($0)" } + backend
      + environment.sorted { $0.key < $1.key }.map { "env \($0.key)=\($0.value)" }
      + patches.map { try "patch \(Self.patch($0, of: package).1)" }
  }

  private static func patch(_ path: FilePath, of package: PackageName) throws -> ([UInt8], Digest) {
    guard FileStatus(of: path)?.kind == .file else {
      throw SourceBuildError.patchMissing(package, path.string)
    }
    let bytes = try readFile(path)
    return (bytes, Digest.sha256(of: bytes))
  }
}

extension PackageRule {
  /// What of a rule decides how a package is built.
  var buildSettings: [String] {
    guard case .buildWheel(let rule, _) = self else { return [] }
    let environment = rule.environment.sorted { $0.key < $1.key }.map { "env \($0.key)=\($0.value)" }
    let patches = rule.patches.map { patch in
      // A patch that isn't there is told of when the package is built.
      let bytes = try? readFile(rule.base.pushing(FilePath(patch.value)))
      return "patch \(bytes.map { Digest.sha256(of: $0).hex } ?? "missing")"
    }
    return rule.buildRequires.map { "requires \($0)" } + rule.configSettings + environment + patches
  }
}
