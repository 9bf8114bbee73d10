package import Artifacts
import Layers
import Model

/// A wheel's `METADATA` file, as it is and as what it says.
package struct WheelMetadata: Sendable {
  /// Of the whole file.
  package let bytes: [UInt8]
  package let core: CoreMetadata
  /// Every field in the order written, names in lower case.
  package let fields: [(name: String, value: String)]
  /// What follows the fields: the package's description.
  package let body: String

  private static let limit = 16 << 20

  /// Reads the file of a wheel of this name.
  ///
  /// - Throws: `WheelError` when there is none, or it is of another package; `LayersError` for what is no archive.
  package static func reading(
    _ wheel: StoredArtifact, fileName: WheelFileName
  ) async throws -> WheelMetadata {
    try await blocking { cancellation in
      let reader = try ArchiveReader(wheel)
      while let entry = try reader.next() {
        try cancellation.check()
        let parts = entry.path.split(separator: "/")
        guard parts.count == 2, parts[1] == "METADATA", parts[0].hasSuffix(".dist-info"),
          fileName.matches(stem: parts[0].dropLast(10))
        else { continue }
        return try WheelMetadata(
          try reader.readAll(limit: limit), fileName: fileName, file: entry.path)
      }
      throw WheelError.missing(wheel: fileName.text, file: "\(fileName.name.fileNameForm).dist-info/METADATA")
    }
  }

  private init(_ bytes: [UInt8], fileName: WheelFileName, file: String) throws(WheelError) {
    self.bytes = bytes
    let text = String(decoding: bytes, as: UTF8.self)
    core = try CoreMetadata(parsing: text, wheel: fileName.text, file: file)
    guard core.name == fileName.name, fileName.matches(version: core.version) else {
      let reason = "it is of '\(core.displayName)' \(core.version)"
      throw .malformed(wheel: fileName.text, file: file, line: nil, reason: reason)
    }
    fields = HeaderFields(parsing: text).fields
    let lines = text.replacing("\r\n", with: "\n")
    body = lines.firstRange(of: "\n\n").map { String(lines[$0.upperBound...]) } ?? ""
  }
}
