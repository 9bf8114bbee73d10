package import Model
package import SystemPackage

/// A wheel as it may go out: with its libraries, and with the tag that it deserves.
package struct RepairedWheel: Sendable {
  package let fileName: String
  package let path: FilePath
  /// The libraries that were brought along, as the files asked for them.
  package let vendored: [String]
  /// The oldest system that it runs on; nil for wheels without native code, and for Windows.
  package let floor: PlatformFloor?
}
