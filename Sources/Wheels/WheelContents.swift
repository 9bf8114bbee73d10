import Layers
import Model

/// What a wheel holds, as far as it must be known before any of it is installed.
///
/// Made by going through the archive once, inflating the metadata and the first bytes of scripts only.
struct WheelContents {
  struct Member {
    /// As in the archive; checked to stay inside the directory that it is unpacked to.
    let path: String
    /// In bytes, as RECORD has it and as the archive declares it.
    let size: Int64
    /// nil for RECORD and its signatures.
    let digest: Digest?
    let isExecutable: Bool
    /// Whether it is a script whose first line asks for the environment's Python.
    let isPythonScript: Bool
  }

  let fileName: WheelFileName
  /// The files, in the archive's order; directories are left out.
  let members: [Member]
  /// The directory of the metadata, `numpy-2.2.6.dist-info`.
  let distInfo: String
  let metadata: CoreMetadata
  let entryPoints: EntryPoints
  /// The text of `top_level.txt`.
  let topLevel: String?

  /// - Throws: `WheelError` for everything that is wrong with the wheel but the files' contents.
  init(_ reader: ArchiveReader, fileName: WheelFileName, onWindows: Bool, cancellation: Cancellation) throws {
    let survey = try WheelSurvey(reader, fileName: fileName, onWindows: onWindows, cancellation: cancellation)
    let wheel = fileName.text
    let directory = try Self.distInfo(in: survey, fileName: fileName)
    func text(_ name: String) -> String? { survey.texts["\(directory)/\(name)"] }
    func required(_ name: String) throws(WheelError) -> String {
      guard let text = text(name) else { throw .missing(wheel: wheel, file: "\(directory)/\(name)") }
      return text
    }
    _ = try WheelDescription(parsing: required("WHEEL"), wheel: wheel, file: "\(directory)/WHEEL")
    metadata = try CoreMetadata(parsing: required("METADATA"), wheel: wheel, file: "\(directory)/METADATA")
    guard metadata.name == fileName.name, fileName.matches(version: metadata.version) else {
      let reason = "it is of '\(metadata.displayName)' \(metadata.version)"
      throw WheelError.malformed(wheel: wheel, file: "\(directory)/METADATA", line: nil, reason: reason)
    }
    entryPoints =
      try text("entry_points.txt").map {
        try EntryPoints(parsing: $0, wheel: wheel, file: "\(directory)/entry_points.txt")
      } ?? .none
    let record = try Record(parsing: required("RECORD"), wheel: wheel, file: "\(directory)/RECORD")
    members = try survey.members(checkedBy: record, distInfo: directory)
    self.fileName = fileName
    distInfo = directory
    topLevel = text("top_level.txt")
  }

  private static func distInfo(in survey: WheelSurvey, fileName: WheelFileName) throws(WheelError) -> String {
    let found = Set(survey.files.compactMap { $0.path.split(separator: "/").first })
      .filter { $0.hasSuffix(".dist-info") }.map(String.init).sorted()
    guard found.count == 1 else { throw .distInfoCount(wheel: fileName.text, found: found) }
    guard fileName.matches(stem: found[0].dropLast(10)) else {
      throw .foreignDistInfo(wheel: fileName.text, directory: found[0])
    }
    return found[0]
  }
}
