package import Model

/// Why a package could not be built from source.
package enum SourceBuildError: UserFacingError, Equatable {
  case noHost
  case noInterpreter(PackageName, PythonVersion)
  /// It comes from a repository.
  case unsupported(PackageName)
  case noSubdirectory(PackageName, String)
  case failed(PackageName, version: String?, timedOut: Bool, log: String, tail: String)
  case noWheel(PackageName, log: String)
  case otherPackage(PackageName, version: String?, wheel: String)
  case nativeCode(PackageName, platform: Platform, wheel: String)

  package var description: String {
    switch self {
    case .noHost: "nothing can be built from source on this kind of machine"
    case .noInterpreter(let name, let python):
      "'\(name)' has to be built from source, and there is no Python \(python.minorVersion) to do it with"
    case .unsupported(let name):
      "'\(name)' comes from a repository, and only files are built from source"
    case .noSubdirectory(let name, let folder): "the source of '\(name)' has no folder '\(folder)'"
    case .failed(let name, let version, let timedOut, _, let tail):
      "building '\(name) \(version ?? "")' from source \(timedOut ? "did not end in time" : "failed"):\n\(tail)"
    case .noWheel(let name, _): "building '\(name)' from source made no wheel"
    case .otherPackage(let name, let version, let wheel):
      "building '\(name) \(version ?? "")' from source made '\(wheel)'"
    case .nativeCode(let name, let platform, let wheel):
      "'\(name)' has native code, and was built for this machine, not for \(platform): '\(wheel)'"
    }
  }

  package var hint: String? {
    switch self {
    case .noHost: "build on linux-x64 or linux-aarch64"
    case .noInterpreter(_, let python):
      "give a runenv of Python \(python.minorVersion) the runtime provider 'debian' or 'python-build-standalone' on this machine's platform"
    case .unsupported: "name an archive by its URL, publish it to an index, or skip it with a reason"
    case .noSubdirectory: "correct what follows 'subdirectory=' in its URL"
    case .failed(_, _, _, let log, _), .noWheel(_, let log): "the whole log is in '\(log)'"
    case .otherPackage: "the source's metadata is wrong; skip it with a reason, or use another version"
    case .nativeCode(let name, let platform, _):
      "skip it with a reason ('packages.skip.\(name).\(platform)'), or use a version with a wheel for \(platform)"
    }
  }
}
