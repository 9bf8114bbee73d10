import Artifacts
import ConfigMerge
import Layers
import Model
import SystemPackage

extension SourceBuild {
  private var rule: BuildWheelRule? {
    guard case .buildWheel(let rule, _) = recipe.rules[package.name] else { return nil }
    return rule
  }

  /// What the build environment holds in place of what the package asks for; none leaves that to the package.
  var requirements: [String] { rule?.buildRequires.map(\.description) ?? [] }

  /// `KEY=VALUE` settings for the build backend.
  var settings: [String] {
    let folder = bench.workspace.runenv(named: recipe.cell.base)?.directory ?? bench.workspace.root
    return rule?.configSettings.map { $0.replacing("{packageRoot}", with: folder.string) } ?? []
  }

  /// The package's source as a folder, its build requirements replaced where the rule says so.
  func unpack(
    _ artifact: StoredArtifact, _ subdirectory: String?, in scratch: FilePath
  ) async throws -> FilePath {
    let root = scratch.appending("source")
    try await blocking { cancellation in
      // What an index has is one folder, `<name>-<version>` (PEP 625).
      try ArchiveExtractor().extract(artifact, into: root, strippingComponents: 1, cancellation: cancellation)
    }
    let tree = try folder(subdirectory, in: root)
    guard !requirements.isEmpty else { return tree }
    let path = tree.appending("pyproject.toml")
    var project = try BuildSystem(projectFile: FileStatus(of: path) == nil ? [] : readFile(path))
    project.requires = requirements
    try writeAtomically(project.text.utf8, to: path)
    return tree
  }

  private func folder(_ subdirectory: String?, in root: FilePath) throws -> FilePath {
    guard let subdirectory else { return root }
    let folder = root.pushing(FilePath(subdirectory))
    guard FileStatus(of: folder) != nil, try realPath(folder).starts(with: realPath(root)) else {
      throw SourceBuildError.noSubdirectory(package.name, subdirectory)
    }
    return folder
  }
}

extension PackageRule {
  /// What of a rule decides how a package is built.
  var buildSettings: [String] {
    guard case .buildWheel(let rule, _) = self else { return [] }
    return rule.buildRequires.map { "requires \($0)" } + rule.configSettings
  }
}
