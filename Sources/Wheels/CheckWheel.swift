package import Artifacts
import Layers
package import Model

/// Goes through a wheel that somebody brings, as installing it would, without unpacking it; it blocks.
///
/// - Throws: `WheelError` for what is no wheel, not the one that its name says, for no platform that ppp builds for, or
///   changed since its RECORD was written.
package func checkWheel(
  _ artifact: StoredArtifact, named name: WheelFileName, cancellation: Cancellation
) throws {
  guard !name.platforms.isEmpty else {
    throw WheelError.foreignPlatform(
      wheel: name.text, tags: Set(name.tags.map(\.platform)).sorted().joined(separator: "."))
  }
  try namingWheel(name.text) { try checkContents(of: artifact, named: name, cancellation: cancellation) }
}

private func checkContents(
  of artifact: StoredArtifact, named name: WheelFileName, cancellation: Cancellation
) throws {
  let isForWindows = name.tags.contains { $0.platform.hasPrefix("win") }
  let contents = try WheelContents(
    ArchiveReader(artifact), fileName: name, onWindows: isForWindows, cancellation: cancellation)
  let recorded = Dictionary(contents.members.map { ($0.path, $0.digest) }) { first, _ in first }
  let reader = try ArchiveReader(artifact)
  while let entry = try reader.next() {
    try cancellation.check()
    guard let path = try entry.relativePath(), let digest = recorded[path] ?? nil else { continue }
    let hash = SHA256()
    try reader.read { hash.update($0) }
    let found = hash.finish()
    guard found == digest else {
      throw WheelError.wrongDigest(wheel: name.text, file: path, recorded: digest, actual: found)
    }
  }
}

extension WheelFileName {
  /// The platforms that some system takes the wheel on, however new it is.
  package var platforms: [Platform] {
    let wanted = Set(tags.map(\.platform))
    guard !wanted.contains("any") else { return Platform.all }
    return Platform.all.filter { platform in
      let newest = platform.operatingSystem == .windows ? nil : PlatformFloor(99, 0)
      return platformTags(for: platform, floor: newest).contains(where: wanted.contains)
    }
  }
}
