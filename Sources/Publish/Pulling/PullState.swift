package import Model

/// What a directory that environments are pulled into knows of itself: `.ppp/pulled.json`.
package struct PullState: Hashable, Sendable, Codable {
  package static let currentSchemaVersion = 1

  package var schemaVersion = PullState.currentSchemaVersion
  /// Where the last one came from, without credentials.
  package var source: String?
  /// The trees that are there, each in `trees/NAME`; the one pulled last at the end.
  package var trees: [PulledTree] = []

  package init() {}
}

/// An environment that was pulled, whole.
package struct PulledTree: Hashable, Sendable, Codable {
  /// A directory in `trees`.
  package let name: String
  package let cell: CellID
  /// Nil where it came from a folder without versions.
  package let version: PublishedVersion?
  /// Of the bundle.
  package let digest: Digest
  package let layers: [Digest]
  /// The boot of the machine in which it was unpacked, until it is known to have reached the disk.
  package var boot: String?
}
