/// The oldest system that an environment must still run on: a glibc version on Linux, a macOS version on macOS.
package struct PlatformFloor: Hashable, Sendable {
  package let major: Int
  package let minor: Int

  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// What a platform's floor is when the configuration says nothing, as uv has it: glibc 2.28, macOS 13.0.
  ///
  /// Windows has none.
  package static func standard(for platform: Platform) -> PlatformFloor? {
    switch platform.operatingSystem {
    case .linux: PlatformFloor(2, 28)
    case .macosx: PlatformFloor(13, 0)
    case .windows: nil
    }
  }
}

extension PlatformFloor: CustomStringConvertible {
  package init(parsing text: String) throws(ParseError) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1], major >= 0, minor >= 0 else {
      throw ParseError(
        expected: "platform floor", text: text,
        hint: "write it as MAJOR.MINOR: \"2.28\" for glibc, \"13.0\" for macOS")
    }
    self.init(major, minor)
  }

  package var description: String { "\(major).\(minor)" }
}

extension PlatformFloor: Comparable {
  package static func < (left: PlatformFloor, right: PlatformFloor) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension PlatformFloor: TextCodable {}
