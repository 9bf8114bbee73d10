package import Model

/// What keeps a wheel that was built from being used elsewhere; `wheel` is its file name, `file` a path in it.
package enum RepairError: UserFacingError, Equatable {
  /// A library that is neither in the wheel nor on this machine.
  case libraryMissing(wheel: String, file: String, library: String)
  /// A library that is neither in the wheel nor a part of the other platform, from which none can be brought along.
  case notOfPlatform(wheel: String, file: String, library: String, platform: Platform)
  /// It is for another processor or another system.
  case foreign(wheel: String, file: String, found: String, platform: Platform)
  /// Native code in a wheel that says it has none.
  case nativeInPure(wheel: String, file: String)
  /// It needs a newer C library than any policy knows, or than the floor allows.
  case tooNew(wheel: String, file: String, symbol: String, floor: PlatformFloor)
  case systemTooNew(wheel: String, file: String, needs: String, floor: PlatformFloor)
  /// A program, which has no fixed place among the packages, needs a library that came along.
  case programNeedsLibrary(wheel: String, file: String, library: String)

  package var description: String {
    switch self {
    case .libraryMissing(let wheel, let file, let library):
      "'\(file)' in '\(wheel)' needs '\(library)', which is nowhere to be found"
    case .notOfPlatform(let wheel, let file, let library, let platform):
      "'\(file)' in '\(wheel)' needs '\(library)', which is neither in the wheel nor on every \(platform) system"
    case .foreign(let wheel, let file, let found, let platform):
      "'\(file)' in '\(wheel)' is for \(found), not for \(platform)"
    case .nativeInPure(let wheel, let file): "'\(wheel)' has native code: '\(file)'"
    case .tooNew(let wheel, let file, let symbol, let floor):
      "'\(file)' in '\(wheel)' needs \(symbol), and has to run with glibc \(floor)"
    case .systemTooNew(let wheel, let file, let needs, let floor):
      "'\(file)' in '\(wheel)' needs \(needs), and has to run on \(floor)"
    case .programNeedsLibrary(let wheel, let file, let library):
      "the program '\(file)' in '\(wheel)' needs '\(library)', which can't be brought along for it"
    }
  }

  package var hint: String? {
    switch self {
    case .libraryMissing:
      "install the library, or build without what needs it by the rule's configSettings or env"
    case .notOfPlatform:
      "link it statically, or build without what needs it, by the rule's configSettings or env"
    case .foreign:
      "the package compiles for the machine that it is built on; build it on a machine of that platform"
    case .nativeInPure: "the package's build backend names its wheel wrongly"
    case .tooNew, .systemTooNew: "raise the platform's floor, or build on an older system"
    case .programNeedsLibrary: "link it statically by the rule's configSettings or env"
    }
  }
}
