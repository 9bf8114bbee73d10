import Artifacts
import FoundationEssentials
import Model
import SystemPackage

/// What the files of an unpacked tool were when they were unpacked from the verified wheel.
struct ToolStamp: Codable, Hashable {
  struct File: Codable, Hashable {
    let name: String
    let size: Int64
    let digest: Digest
  }

  let files: [File]

  private static let name = "stamp.json"

  /// Describes the files in a directory.
  ///
  /// It blocks.
  private static func of(_ directory: FilePath, members: [String]) throws -> ToolStamp {
    ToolStamp(
      files: try members.sorted().map { name in
        let bytes = try readFile(directory.appending(name))
        return File(name: name, size: Int64(bytes.count), digest: Digest.sha256(of: bytes))
      })
  }

  static func write(in directory: FilePath, members: [String]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let bytes = try Array(encoder.encode(of(directory, members: members)))
    try writeAtomically(bytes, to: directory.appending(name))
  }

  /// Whether the files are there and as they were; anything unreadable means that they are not.
  static func isValid(in directory: FilePath, members: [String]) -> Bool {
    guard let bytes = try? readFile(directory.appending(name)),
      let stamp = try? JSONDecoder().decode(ToolStamp.self, from: Data(bytes)),
      let present = try? of(directory, members: members)
    else { return false }
    return stamp == present
  }
}
