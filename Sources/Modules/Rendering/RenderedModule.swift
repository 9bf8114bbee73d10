package import ConfigMerge
import Model

/// A file of an added module, as it is to be written.
package struct RenderedFile: Sendable, Hashable {
  /// In the module's directory, with `/` between its parts.
  package let path: String
  package let bytes: [UInt8]
  package let isExecutable: Bool
}

/// A module with its options chosen: every byte that adding it writes into the module's directory.
///
/// It knows of no repository: the same module with the same options is the same everywhere.
package struct RenderedModule: Sendable {
  package let manifest: ModuleManifest
  /// One value for each of the manifest's options.
  package let options: [String: OptionValue]
  /// What `[tool.ppp.module] source` says: where exactly this module is found again.
  package let source: String
  /// Sorted by path, `pyproject.toml` among them.
  package let files: [RenderedFile]
  /// What to tell whoever added it.
  package let notes: String?
}

extension RenderedModule {
  /// The name of the file that ppp makes itself.
  static let projectFile = "pyproject.toml"

  package func file(at path: String) -> RenderedFile? { files.first { $0.path == path } }
}
