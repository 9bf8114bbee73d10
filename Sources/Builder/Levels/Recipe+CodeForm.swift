package import ConfigMerge
package import Levels
package import Model
import Tools

extension Recipe {
  /// What is to become of a package's Python code.
  package func codeForm(of package: PackageName) -> CodeForm {
    let removed = Set(build.minifyRemoves.map(\.value))
    return CodeForm(
      level: build.level[package].value, keepsSources: build.optimize.value == .debug,
      minification: build.minify[package].value
        ? CodeForm.Minification(
          removesDocstrings: removed.contains(.docstrings),
          removesAnnotations: removed.contains(.annotations), version: Toolbox.minifierVersion)
        : nil)
  }

  /// What of a package's form decides a bundle's bytes; nothing where its code is as the wheel has it.
  func levelFields(of package: PackageName, compiler: String?) -> [String: [String]] {
    let form = codeForm(of: package)
    guard !form.isUnchanged else { return [:] }
    var words = form.words
    if form.isCompiled, let compiler { words += ["cython \(Toolbox.cythonVersion)", "compiler \(compiler)"] }
    return ["code of \(package)": words]
  }

  /// Whether some package's code may be changed.
  var changesCode: Bool {
    build.level.values.contains { $0.value != .instant } || build.minify.values.contains { $0.value }
  }

  /// A wheelhouse has wheels as they are.
  var levelProblem: Diagnostic? {
    guard build.layout.value == .wheelhouse, changesCode else { return nil }
    let position =
      build.level.values.first { $0.value != .instant }?.position
      ?? build.minify.values.first { $0.value }?.position
    return Diagnostic(
      .error,
      "\(cell) is a wheelhouse, in which wheels are as they are: levels and minifying change installed code",
      at: position, hint: "say \"level\": \"instant\" and \"minify\": false there, or \"layout\": \"tree\"")
  }
}
