package import Model

/// Why a package's Python code could not be brought to its level.
package enum LevelError: UserFacingError, Equatable {
  case noInterpreter(PythonVersion)
  case unfitInterpreter(String, PythonVersion, answer: String)
  /// There is no C compiler to make native code with.
  case noCompiler
  /// What the interpreter came without, C needs.
  case noHeaders(String, version: String)
  /// Native code for that platform can't be made here.
  case foreign(Platform, reason: String)
  /// Modules that have to be native can't be: how many, the first, and why.
  case notNative(package: String, count: Int, first: String, reason: String)
  /// The process that compiles did not end as it should.
  case failed(package: String, timedOut: Bool, tail: String)

  package var description: String {
    switch self {
    case .noInterpreter(let python):
      "there is no Python \(python.minorVersion) on this machine to compile its packages with"
    case .unfitInterpreter(let program, let python, let answer):
      "'\(program)' is no released CPython \(python.minorVersion): \(answer)"
    case .noCompiler: "there is no C compiler on this machine to make native code with"
    case .noHeaders(let program, _): "'\(program)' came without Python.h, which native code is compiled with"
    case .foreign(let platform, let reason):
      "native code for \(platform) can't be made on this machine: \(reason)"
    case .notNative(let package, let count, let first, let reason):
      "\(count == 1 ? "a module" : "\(count) modules") of \(package) can't be made native, first '\(first)': \(reason)"
    case .failed(let package, let timedOut, let tail):
      "compiling \(package) \(timedOut ? "took too long" : "did not come to its end")"
        + (tail.isEmpty ? "" : ": \(tail)")
    }
  }

  package var hint: String? {
    switch self {
    case .noInterpreter(let python), .unfitInterpreter(_, let python, _):
      "put python\(python.minorVersion) on PATH, or have a runenv of Python \(python.minorVersion) for this machine's platform that brings its interpreter"
    case .noCompiler: "install one, as with 'apt-get install gcc libc6-dev'"
    case .noHeaders(_, let version):
      "install them, as with 'apt-get install libpython\(version.split(separator: ".").prefix(2).joined(separator: "."))-dev', or have ppp bring the interpreter"
    case .foreign:
      "say \"level\": \"mixed\", which is byte code there, or build that cell on a machine of its platform"
    case .notNative: "say \"level\": \"mixed\" for it, which has byte code where native code can't be made"
    case .failed: "leave the package as it is: \"build\": {\"level\": {\"PACKAGE\": \"instant\"}}"
    }
  }
}
