package import ConfigMerge
package import Model
package import SystemPackage

extension Scaffold {
  /// A new module source, `modules/<name>`, that counts the lines of a text, with a test that passes.
  ///
  /// - Throws: `ScaffoldError.exists` when there is something of that name.
  package static func module(_ name: ModuleName, in workspace: FilePath) throws(ScaffoldError) -> Scaffold {
    let text = ModuleScaffoldText(name: name.description, package: name.importName)
    return try Scaffold(
      directory: workspace.appending("modules").appending(name.description),
      files: [
        File("module.json", text: text.manifest),
        File("src/\(name.importName)/__init__.py", text: text.initialiser),
        File("src/\(name.importName)/__main__.py", text: text.runner),
        File("src/\(name.importName)/main.py", text: text.main),
        File("src/\(name.importName)/cli.py", text: text.commandLine),
        File("tests/test_\(name.importName).py", text: text.test),
        File("Dockerfile", text: text.dockerfile),
        File("README.md", text: text.readme),
      ])
  }
}
