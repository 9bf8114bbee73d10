package import Artifacts
import Layers
package import Model

/// Goes through a wheel that somebody brings, as installing it would, without unpacking it; it blocks.
///
/// - Throws: `WheelError` for what is no wheel, or not the one that its name says.
package func checkWheel(
  _ artifact: StoredArtifact, named name: WheelFileName, cancellation: Cancellation
) throws {
  let isForWindows = name.tags.contains { $0.platform.hasPrefix("win") }
  _ = try WheelContents(
    ArchiveReader(artifact), fileName: name, onWindows: isForWindows, cancellation: cancellation)
}
