import ConfigMerge
import Model
import SystemPackage

extension SourceJob {
  /// The log of the whole build, below the workspace's root.
  var logName: String { ".ppp/logs/\(build.recipe.cell)-\(package.name).log" }

  /// Adds what a step of the build has printed to the log, which the first step begins.
  func writeLog(_ title: String, _ output: [UInt8], beginning: Bool = false) throws {
    let path = bench.workspace.root.pushing(FilePath(logName))
    try makeDirectory(path.removingLastComponent())
    let former = beginning || FileStatus(of: path) == nil ? [] : try readFile(path)
    try writeAtomically(former + Array(title.utf8) + output, to: path)
  }
}
