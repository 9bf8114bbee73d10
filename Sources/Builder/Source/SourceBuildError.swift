package import Model
import Processes

/// Why a package could not be built from source.
package enum SourceBuildError: UserFacingError, Equatable {
  /// How a build that gave no wheel ended.
  package enum Ending: Sendable, Hashable {
    case failed
    case timedOut(seconds: Int)
    case tooMuchOutput
  }

  case noHost
  /// Building was forbidden.
  case refused(PackageName, version: String?)
  case noInterpreter(PackageName, PythonVersion)
  case noSubdirectory(PackageName, String)
  /// It has neither `pyproject.toml` nor `setup.py`.
  case noBackend(PackageName)
  case patchMissing(PackageName, String)
  case patchRefused(PackageName, String, output: String)
  case systemMissing(PackageName, names: [String], packages: [String])
  case requirements(PackageName, output: String)
  case failed(PackageName, version: String?, ending: Ending, log: String, text: String, advice: String?)
  case noWheel(PackageName, log: String)
  /// The wheel did not pass the test of the recipe that it was built by.
  case testFailed(
    PackageName, version: String?, recipe: String, ending: Ending, log: String, text: String)
  case testRequirements(PackageName, output: String)
  case otherPackage(PackageName, version: String?, wheel: String)
  /// Extension modules that could not be compiled, without which the package went on.
  case extensionsMissing(PackageName, wheel: String, names: [String], log: String, cause: String?)
  case nativeCode(PackageName, platform: Platform, wheel: String)
  /// The wheel says that it is for something else than it was built for.
  case otherTarget(PackageName, platform: Platform, PythonVersion, wheel: String)
  /// It can't be compiled for that platform here.
  case notCrossBuilt(PackageName, platform: Platform, reason: String)
  /// It is compiled against another package, of which there is no wheel for that platform: what there is instead.
  case headersMissing(PackageName, platform: Platform, of: PackageName, sentence: String)
  case rust(PackageName, RustProblem)

  package var description: String {
    switch self {
    case .noHost: "nothing can be built from source on this kind of machine"
    case .refused(let name, let version):
      "'\(name)\(version.map { " \($0)" } ?? "")' has to be built from source, and --no-build forbids that"
    case .noInterpreter(let name, let python):
      "'\(name)' has to be built from source, and there is no Python \(python.minorVersion) to do it with"
    case .noSubdirectory(let name, let folder): "the source of '\(name)' has no folder '\(folder)'"
    case .noBackend(let name): "the source of '\(name)' has neither 'pyproject.toml' nor 'setup.py'"
    case .patchMissing(let name, let path): "the patch '\(path)' for '\(name)' is not there"
    case .patchRefused(let name, let path, let output):
      "the patch '\(path)' does not fit the source of '\(name)':\n\(output)"
    case .systemMissing(let name, let names, _):
      "building '\(name)' needs \(names.map { "'\($0)'" }.joined(separator: ", ")), which this machine does not have"
    case .requirements(let name, let output): "what building '\(name)' requires is not to be had:\n\(output)"
    default: outcome
    }
  }

  /// What came of a build that ran.
  private var outcome: String {
    switch self {
    case .failed(let name, let version, let ending, _, let text, _):
      "building '\(name) \(version ?? "")' from source \(ending):\n\(text)"
    case .testFailed(let name, let version, _, let ending, _, let text):
      "'\(name) \(version ?? "")' was built, and its test \(ending):\n\(text)"
    case .testRequirements(let name, let output):
      "what testing '\(name)' requires is not to be had:\n\(output)"
    case .noWheel(let name, _): "building '\(name)' from source made no wheel"
    case .otherPackage(let name, let version, let wheel):
      "building '\(name) \(version ?? "")' from source made '\(wheel)'"
    case .extensionsMissing(let name, let wheel, let names, _, let cause):
      "building '\(name)' from source made '\(wheel)' without \(names.map { "'\($0)'" }.joined(separator: ", ")), which could not be compiled"
        + (cause.map { ":\n\($0)" } ?? "")
    case .nativeCode(let name, let platform, let wheel):
      "'\(name)' has native code, and was built for this machine, not for \(platform): '\(wheel)'"
    case .otherTarget(let name, let platform, let python, let wheel):
      "building '\(name)' from source made '\(wheel)', which is not for Python \(python.minorVersion) on \(platform)"
    case .notCrossBuilt(let name, let platform, let reason):
      "'\(name)' can't be built for \(platform) on this machine: \(reason)"
    case .headersMissing(let name, let platform, let other, let sentence):
      "'\(name)' can't be built for \(platform) on this machine: it takes headers or libraries of '\(other)', and \(sentence)"
    case .rust(let name, let problem): problem.description(of: name)
    default: "building from source failed"
    }
  }

  package var hint: String? {
    switch self {
    case .noHost: "build on linux-x64 or linux-aarch64"
    case .refused(let name, _): "leave --no-build out, or skip it with a reason ('packages.skip.\(name)')"
    case .noInterpreter(_, let python):
      "give a runenv of Python \(python.minorVersion) the runtime provider 'debian' or 'python-build-standalone' on this machine's platform"
    case .noSubdirectory: "correct what follows 'subdirectory=' in its URL"
    case .noBackend: "it is no source of a Python package; use another version, or skip it with a reason"
    case .patchMissing: "paths of patches start from the directory of the configuration file"
    case .patchRefused: "make it anew against this version, as 'diff -ru' or 'git diff' print it"
    case .systemMissing(_, _, let packages):
      packages.isEmpty ? nil : "apt install \(packages.joined(separator: " "))"
    case .requirements: "only wheels are used to build with; name others by the rule's buildRequires"
    case .failed(_, _, _, let log, _, let advice):
      (advice.map { "\($0); " } ?? "") + "the whole log is in '\(log)'"
    case .noWheel(_, let log): "the whole log is in '\(log)'"
    case .testFailed(_, _, let recipe, _, let log, _):
      "correct the build or the test in '\(recipe)'; the whole log is in '\(log)'"
    case .testRequirements: "only wheels are used to test with; name others by the recipe's testRequires"
    case .otherPackage: "the source's metadata is wrong; skip it with a reason, or use another version"
    case .extensionsMissing(_, _, _, let log, _):
      "if it is to go without, say so by the variable that its setup.py has for that, in a rule's env; the whole log is in '\(log)'"
    case .otherTarget:
      "its build finds out by other means than 'sysconfig' what it is for; a rule's env or configSettings may tell it, else skip it with a reason"
    case .nativeCode(let name, let platform, _):
      "skip it with a reason ('packages.skip.\(name).\(platform)'), or use a version with a wheel for \(platform)"
    case .rust(_, let problem): problem.hint
    case .headersMissing(let name, let platform, let other, _):
      "name a version of '\(other)' that has a wheel for \(platform) in 'packages.buildWheel.\(name)' (buildRequires), or run 'ppp build CELL' on a \(platform) machine and take its wheel in with 'ppp cache add WHEEL'"
    case .notCrossBuilt(_, let platform, _):
      "run 'ppp build CELL' on a \(platform) machine and take its wheel in with 'ppp cache add WHEEL', or write a recipe"
    }
  }
}

extension SourceBuildError.Ending {
  /// Of a run that did not succeed; `timeout` is in seconds.
  init(_ result: ProcessResult, timeout: Int) {
    self = result.isOutgrown ? .tooMuchOutput : result.timedOut ? .timedOut(seconds: timeout) : .failed
  }
}

extension SourceBuildError.Ending: CustomStringConvertible {
  package var description: String {
    switch self {
    case .failed: "failed"
    case .timedOut(let seconds): "did not end in time (\(seconds) s)"
    case .tooMuchOutput: "wrote more output than a build may (32 MB)"
    }
  }
}
