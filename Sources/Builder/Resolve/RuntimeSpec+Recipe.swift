package import ConfigMerge
package import Model
package import Runtimes

extension RuntimeSpec {
  /// What a recipe says about the interpreter.
  ///
  /// - Throws: `ParseError` for a digest that is none.
  package init(_ recipe: Recipe) throws(ParseError) {
    let runtime = recipe.runtime
    let provider: Provider =
      switch runtime.provider.value {
      case .pythonBuildStandalone: .pythonBuildStandalone
      case .debian: .debian
      case .archive: .archive
      case .external: .external
      }
    var digest: Digest?
    if let sha256 = runtime.sha256 { digest = try Digest(parsing: sha256.value) }
    self.init(
      provider: provider, python: recipe.python, platform: recipe.cell.platform, floor: recipe.floor?.value,
      suite: runtime.suite?.value, mirror: runtime.mirror?.value, release: runtime.release?.value,
      url: runtime.url?.value, sha256: digest, keep: runtime.keep.map(\.value))
  }
}
