import Artifacts
import ConfigMerge
package import Model
import Runtimes

/// What decides a bundle's bytes: equal keys, equal bundles.
///
/// Reason texts and positions are not in it, nor is SOURCE_DATE_EPOCH: a later time stamp alone makes nothing anew.
package struct BuildKey: Hashable, Sendable {
  package let inputs: LockInputs

  /// Raised whenever the same inputs would give another bundle.
  private static let formatVersion = "1"
  /// The field that is there where something is built from source.
  static let sourceBuilds = "source builds"

  /// `compiler` is what compiles for the lock's platform; nil says that nothing is compiled.
  init(recipe: Recipe, lock: Lock, copied: [CopiedFile], compiler: String? = nil) {
    var fields: [String: [String]] = [
      "format": [Self.formatVersion],
      "runenv": [recipe.cell.runenv],
      "python": [lock.python.description],
      "platform": [lock.platform.description],
      "floor": lock.floor.map { [$0.description] } ?? [],
      "build.archive": [recipe.build.archive.value.rawValue],
      "build.layout": [recipe.build.layout.value.rawValue],
      "build.compressionLevel": [String(recipe.build.compressionLevel.value)],
      "runtime": ["\(lock.runtime.provider.rawValue) \(lock.runtime.version)"],
      "runtime.keep": Set(recipe.runtime.keep.map(\.value)).sorted(),
      "layer formats": recipe.layerFormats(isCopying: !copied.isEmpty),
    ]
    for (name, value) in lock.runtime.attributes { fields["runtime.\(name)"] = [value] }
    for file in lock.runtime.files { fields["runtime file \(file.name)"] = [file.digest.description] }
    let requested = lock.requested
    for package in lock.packages {
      fields["package \(package.name)"] =
        [package.version ?? "unversioned", package.source.identity]
        + (requested.contains(package.name) ? ["requested"] : [])
      if recipe.build.layout.value == .wheelhouse, let file = package.file {
        fields["wheel \(package.name)"] = [file.name]
      }
      fields.merge(recipe.levelFields(of: package.name, compiler: compiler)) { $1 }
      if package.needsBuild {
        fields.merge(Self.fields(ofBuilding: package, recipe, lock, compiler)) { $1 }
      }
    }
    for file in copied { fields["file \(file.path)"] = [file.identity] }
    for module in recipe.modules {
      fields.merge(module.keyFields) { $1 }
      fields.merge(recipe.levelFields(of: module.packageName, compiler: compiler)) { $1 }
    }
    inputs = LockInputs(fields)
  }

  init(_ inputs: LockInputs) { self.inputs = inputs }

  /// What of a package that is built from source decides its wheel, besides the source.
  private static func fields(
    ofBuilding package: LockedPackage, _ recipe: Recipe, _ lock: Lock, _ compiler: String?
  ) -> [String: [String]] {
    var fields = [sourceBuilds: [SourceBuild.formatVersion]]
    fields[compilerField(of: package.name)] = compiler.map { [$0] }
    fields["build \(package.name)"] = recipe.rules[package.name]?.buildSettings
    let served = recipe.buildRecipe(for: package.name, version: package.version)
    fields["recipe \(package.name)"] = served.map { [$0.digest.description] }
    let build = lock.builds.first { $0.package == package.name }
    fields["build requirements \(package.name)"] = build.map { $0.keyFields + $0.targetKeyFields }
    return fields
  }

  package var digest: Digest { inputs.digest }
}

extension LockedPackage.Source {
  /// What of the source decides what is installed.
  fileprivate var identity: String {
    switch self {
    case .wheel(let file): file.digest.description
    case .sourceDistribution(let file): "built from \(file.digest)"
    case .archive(let file, let subdirectory): "from \(file.url) \(file.digest) \(subdirectory ?? "")"
    case .revision(let revision):
      "from \(revision.address) \(revision.requested ?? "") \(revision.subdirectory ?? "")"
    }
  }
}
