import Levels
import SystemPackage

/// What Python code is worked on with, for one cell.
struct CodeWorkshop: Sendable {
  let interpreter: CompilingInterpreter
  /// python-minifier's wheel; nil where no package is minified.
  let minifier: FilePath?
  /// Nil where no package is native, or none can be.
  let native: NativeTools?
}
