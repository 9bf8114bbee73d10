/// An operating system and a processor that environments are built for.
///
/// The names are the original runenv repository's: `linux-x64`, `macosx-aarch64`, …
package struct Platform: Hashable, Sendable {
  package enum OperatingSystem: String, Sendable, Comparable {
    case linux
    case macosx
    case windows

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package enum Architecture: String, Sendable, Comparable {
    case x64
    case aarch64

    package static func < (left: Self, right: Self) -> Bool { left.rawValue > right.rawValue }
  }

  package let operatingSystem: OperatingSystem
  package let architecture: Architecture

  private init(_ operatingSystem: OperatingSystem, _ architecture: Architecture) {
    self.operatingSystem = operatingSystem
    self.architecture = architecture
  }

  package static let linuxX64 = Platform(.linux, .x64)
  package static let linuxAArch64 = Platform(.linux, .aarch64)
  package static let macOSX64 = Platform(.macosx, .x64)
  package static let macOSAArch64 = Platform(.macosx, .aarch64)
  package static let windowsX64 = Platform(.windows, .x64)

  /// Every platform that ppp builds for, in the order in which it lists them.
  package static let all: [Platform] = [
    .linuxX64, .linuxAArch64, .macOSX64, .macOSAArch64, .windowsX64,
  ]

  /// The platform that this process runs on, if ppp builds for it.
  package static let host: Platform? = {
    #if os(Linux) && arch(x86_64)
    .linuxX64
    #elseif os(Linux) && arch(arm64)
    .linuxAArch64
    #elseif os(macOS) && arch(x86_64)
    .macOSX64
    #elseif os(macOS) && arch(arm64)
    .macOSAArch64
    #elseif os(Windows) && arch(x86_64)
    .windowsX64
    #else
    nil
    #endif
  }()
}

extension Platform: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    guard let platform = Platform.byName[text] else {
      let names = Platform.all.map(\.description)
      let hint =
        nearest(to: text, in: names).map { "did you mean '\($0)'?" }
        ?? "the platforms are \(names.joined(separator: ", "))"
      throw ParseError(expected: "platform", text: text, hint: hint)
    }
    self = platform
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.description, $0) })

  package var description: String { "\(operatingSystem.rawValue)-\(architecture.rawValue)" }
}

extension Platform: Comparable {
  package static func < (left: Platform, right: Platform) -> Bool {
    (left.operatingSystem, left.architecture) < (right.operatingSystem, right.architecture)
  }
}

extension Platform: TextCodable {}
