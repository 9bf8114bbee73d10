package import Model
package import SystemPackage

/// Why an interpreter could not be pinned, put together or run.
package enum RuntimesError: UserFacingError, Equatable {
  /// A provider's setting that has no default: `runtime.url`.
  case missingSetting(RuntimeSpec.Provider, key: String)
  case unsupportedPlatform(RuntimeSpec.Provider, Platform)
  /// A host program that is needed, and the Debian package that has it.
  case missingProgram(String, package: String)
  case missingFile(FilePath, package: String)

  /// A signature that does not hold; the reason is gpgv's.
  case badSignature(url: String, reason: String)
  /// A Release file without what it must have.
  case release(url: String, reason: String)
  /// The mirror's Release file is one of another suite, or lists no index of the architecture.
  case packageMissing(String, suite: String)
  /// - Parameter elsewhere: the suites that do have the Python.
  case pythonNotInSuite(PythonVersion, suite: String, available: [String], elsewhere: [String])
  case pythonNotInAnySuite(PythonVersion, suites: [String])
  /// A file of Debian's Python that is not as the patches expect it.
  case unexpectedSource(String, expected: String)
  case libraryMissing(String, neededBy: String)
  /// The C library that would come along cannot: it is older than `ld.so --argv0`.
  case cannotBundleLibc(version: String, floor: PlatformFloor)
  case aboveFloor(file: String, needs: String, floor: PlatformFloor)

  case malformedChecksums(url: String, line: String)
  case assetMissing(String, url: String, available: [String])
  case noReleaseKnown(PythonVersion, Platform)

  case noInterpreter(String, expected: [String])
  case wrongVersion(expected: PythonVersion, found: String)
  case probeFailed(PythonVersion, Platform, reason: String)
  case pinMismatch(expected: RuntimeSpec.Provider, found: RuntimeSpec.Provider)

  package var description: String {
    switch self {
    case .missingSetting(let provider, let key): "the runtime provider '\(provider.rawValue)' needs '\(key)'"
    case .unsupportedPlatform(let provider, let platform):
      "the runtime provider '\(provider.rawValue)' has no interpreters for \(platform)"
    case .missingProgram(let name, _): "the program '\(name)' is not installed"
    case .missingFile(let path, _): "'\(path)' is not installed"
    case .badSignature(let url, let reason): "the signature of '\(url)' does not hold: \(reason)"
    case .release(let url, let reason): "'\(url)' is not usable: \(reason)"
    case .packageMissing(let name, let suite): "Debian's suite '\(suite)' has no package '\(name)'"
    case .pythonNotInSuite(let version, let suite, let available, _):
      "Debian's suite '\(suite)' has no Python \(version); it has "
        + (available.isEmpty ? "none" : available.joined(separator: ", "))
    case .pythonNotInAnySuite(let version, let suites):
      "none of Debian's suites \(suites.joined(separator: ", ")) has Python \(version)"
    case .unexpectedSource(let file, let expected):
      "Debian's '\(file)' is not as expected: it lacks \(expected)"
    case .libraryMissing(let library, let file):
      "'\(file)' needs '\(library)', which none of the packages has"
    case .cannotBundleLibc(let version, let floor):
      "the interpreter needs glibc \(version), and the platform's floor is \(floor)"
    case .aboveFloor(let file, let needs, let floor):
      "'\(file)' needs glibc \(needs), and the platform's floor is \(floor)"
    case .malformedChecksums(let url, let line): "'\(url)' has a malformed line '\(line)'"
    case .assetMissing(let name, let url, _): "'\(url)' does not list '\(name)'"
    case .noReleaseKnown(let version, let platform):
      "no python-build-standalone release with Python \(version) for \(platform) is known"
    case .noInterpreter(let name, let expected):
      "'\(name)' holds no interpreter: none of \(expected.joined(separator: ", ")) is in it"
    case .wrongVersion(let expected, let found): "the interpreter is Python \(found), not \(expected)"
    case .probeFailed(let version, let platform, let reason):
      "Python \(version) for \(platform) does not work: \(reason)"
    case .pinMismatch(let expected, let found):
      "the lock has an interpreter of '\(found.rawValue)', the configuration asks for '\(expected.rawValue)'"
    }
  }

  package var hint: String? {
    switch self {
    case .missingSetting(_, let key): "add \"\(key)\" to \"runtime\""
    case .unsupportedPlatform: "choose another provider for this platform in runtime.platformSpecific"
    case .missingProgram(_, let package), .missingFile(_, let package): "apt-get install \(package)"
    case .badSignature: "check the mirror; a newer suite may need a newer package debian-archive-keyring"
    case .pythonNotInSuite(_, _, _, let elsewhere) where !elsewhere.isEmpty:
      "set runtime.suite to \(elsewhere.map { "'\($0)'" }.joined(separator: " or "))"
    case .pythonNotInSuite, .pythonNotInAnySuite, .noReleaseKnown:
      "name the runenv for a version that there is, or choose another runtime.provider"
    case .cannotBundleLibc(let version, _): "set the platform's floor to \(version)"
    case .aboveFloor(_, let needs, _): "set the platform's floor to \(needs)"
    case .assetMissing(_, _, let available) where !available.isEmpty:
      "that release has \(available.joined(separator: ", "))"
    case .assetMissing: "choose another runtime.release"
    case .wrongVersion(_, let found): "name the runenv for the version: python-\(found)"
    case .pinMismatch: "run 'ppp lock'"
    case .packageMissing, .libraryMissing, .release:
      "check that the mirror is whole, or use another in runtime.mirror"
    case .unexpectedSource:
      "this ppp does not know that build; choose another runtime.suite or runtime.provider"
    default: nil
    }
  }
}
