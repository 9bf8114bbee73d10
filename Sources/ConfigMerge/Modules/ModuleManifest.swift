package import Model

/// What a module source says of itself in `module.json`, read and found to be without errors.
package struct ModuleManifest: Sendable {
  package let name: ModuleName
  package let version: PackageVersion
  package let summary: String
  /// Version specifiers (PEP 440) without spaces.
  package let python: Located<String>?
  /// Where it runs, in ppp's order; all platforms when the manifest doesn't say.
  package let platforms: [Platform]
  package let inputs: [ModuleField]
  package let outputs: [ModuleField]
  /// In the manifest's order.
  package let options: [ModuleOption]
  /// `package.module:function`, in the module's own package.
  package let entryPoint: String?
  package let dependencies: [ModuleRequirement]
  package let devDependencies: [ModuleRequirement]
  package let needs: [ModuleNeed]
  package let files: [ModuleFile]
  /// A template.
  package let notes: Located<String>?
  /// The manifest as positions name it.
  package let file: String
}
