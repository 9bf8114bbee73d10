import Model
import SystemPackage
import Wheels

/// A package in the environment of a build.
struct InstalledRequirement {
  let name: PackageName
  let version: String
  /// Relative to site-packages, some of them above it.
  let files: [String]
  /// Whether its wheel is one for all platforms.
  let isForAll: Bool

  /// Whether other packages are compiled against what it has for this machine.
  var isCompiledAgainst: Bool { !isForAll && files.contains(where: CompileTimeFile.isForOthers) }

  /// - Throws: `WheelError` for metadata that can't be understood, and `FileError`.
  static func all(in sitePackages: FilePath) throws -> [InstalledRequirement] {
    guard FileStatus(of: sitePackages) != nil else { return [] }
    return try listDirectory(sitePackages).filter { $0.hasSuffix(".dist-info") }.map { folder in
      func text(_ name: String) throws -> String {
        String(decoding: try readFile(sitePackages.appending(folder).appending(name)), as: UTF8.self)
      }
      let metadata = try CoreMetadata(parsing: text("METADATA"), wheel: folder, file: "METADATA")
      let record = try Record(parsing: text("RECORD"), wheel: folder, file: "RECORD")
      let tags = try text("WHEEL").split(whereSeparator: \.isNewline).filter { $0.hasPrefix("Tag:") }
      return InstalledRequirement(
        name: metadata.name, version: metadata.version, files: record.entries.map(\.path),
        isForAll: tags.allSatisfy { $0.hasSuffix("-any") })
    }
  }
}
