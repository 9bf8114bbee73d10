package import Model
package import SystemPackage

extension Scaffold {
  /// A new recipe, `recipes/<package>`, that changes nothing yet and tests that the package can be imported.
  ///
  /// - Throws: `ScaffoldError.exists` when there is one.
  package static func recipe(for package: PackageName, in workspace: FilePath) throws(ScaffoldError)
    -> Scaffold
  {
    let module = package.normalized.replacing("-", with: "_")
    let text = """
      # How '\(package)' is built from source; docs/build-recipes.md has every key.
      reason: say what fails without
      # versions: "<2"
      # buildRequires: [setuptools<81, Cython]
      # env: {NAME: value}
      # patches: [fix.patch]
      test: [python, -c, "import \(module)"]

      """
    return try Scaffold(
      directory: workspace.appending("recipes").appending(package.normalized),
      files: [File("recipe.yaml", text: text)])
  }
}
