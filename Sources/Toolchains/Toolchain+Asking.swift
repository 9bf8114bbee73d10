import Model
package import SystemPackage

extension Toolchain {
  /// The toolchain for a build whose requirements bring programs like `numpy-config`, which say where a package's
  /// headers are: for another platform Meson asks none but those that it is told of.
  ///
  /// The file that tells it is written to `directory`.
  package func asking(_ programs: [FilePath], in directory: FilePath) throws -> Toolchain {
    guard !programs.isEmpty else { return self }
    let lines = programs.compactMap { program in
      program.lastComponent.map { "\($0.string) = '\(program)'\n" }
    }
    let file = directory.appending("programs.ini")
    try makeDirectory(directory)
    try writeAtomically(Array("[binaries]\n\(lines.joined())".utf8), to: file)
    var asking = self
    asking.settings["mesonpy", default: [:]]["setup-args", default: []].append("--cross-file=\(file)")
    return asking
  }
}
