package import Model
package import SystemPackage

/// A directory in `modules/` that the configuration builds into runenvs.
package struct DeclaredModule: Sendable {
  package let name: ModuleName
  package let directory: FilePath
  /// The directory as positions write it: `modules/elasticity`.
  package let shownAs: String
  /// `config.json` or `config.yaml`; nil when only the shared configuration declares it.
  package let configFile: FilePath?
  /// The ids of the runenvs that it is built into, in the workspace's order.
  package let runenvs: [String]
  let configuration: Configuration
  /// The platforms to build for, of those that a runenv has; nil for all of them.
  let platforms: [Configuration.Target]?

  /// What its source is rendered with, by option; each with the place of the option's name.
  package var options: [String: Located<OptionText>] { configuration.moduleOptions }
}

/// A cell that was asked for and isn't made.
package struct ExcludedCell: Hashable, Sendable {
  package let cell: CellID
  package let reason: String
  /// Where it is said that it can't be.
  package let position: SourcePosition?

  package var warning: Diagnostic {
    Diagnostic(
      .warning, "\(cell) is not made: \(reason)", at: position,
      hint: "name the runenvs and platforms that fit in the module's configuration")
  }
}
