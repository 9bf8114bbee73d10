package import Catalogue
import Layers
package import Model

/// What pulling an environment would do, and what it would cost.
package struct PullPlan: Sendable {
  /// Where a layer's files come from.
  package enum Origin: String, Sendable, Codable {
    /// An earlier tree in the same directory.
    case tree
    /// The cache, where another pull or build has left it.
    case cache
    case fetch
  }

  package struct Item: Sendable {
    package let layer: LayerRecord
    package let origin: Origin
  }

  package let entry: PublishedEntry
  package let manifest: PublishedManifest
  package let version: PublishedVersion?
  package let place: String
  /// The name of the trusted key that signed the catalogue.
  package let signer: String?
  /// The tree that is there already, if one is.
  package let tree: PulledTree?
  /// Whether that is the current one, so that nothing is to be done.
  package let isCurrent: Bool
  /// In the bundle's order; none where the tree is there.
  package let items: [Item]
  /// Whether the bundle is fetched as a whole, since its source has no layers of it.
  package let isWhole: Bool

  package var cell: CellID { entry.cell }

  /// What comes over the network.
  package var bytesToFetch: Int64 {
    if tree != nil { return 0 }
    return isWhole ? manifest.bundle.size : items(.fetch).reduce(0) { $0 + $1.layer.size }
  }

  package func items(_ origin: Origin) -> [Item] { items.filter { $0.origin == origin } }
}

/// What pulling an environment has done.
package struct PullReport: Sendable {
  package let plan: PullPlan
  /// What came over the network; more than planned where files of an earlier tree had changed.
  package let fetchedLayers: Int
  package let fetchedBytes: Int64
  /// Files shared with an earlier tree.
  package let reusedFiles: Int
  package let reusedBytes: Int64
  package let writtenFiles: Int
  package let writtenBytes: Int64
}

extension PullReport {
  init(_ plan: PullPlan, _ tally: PullTally) {
    self.init(
      plan: plan, fetchedLayers: tally.fetchedLayers, fetchedBytes: tally.fetchedBytes,
      reusedFiles: tally.files.reusedFiles, reusedBytes: tally.files.reusedBytes,
      writtenFiles: tally.files.writtenFiles, writtenBytes: tally.files.writtenBytes)
  }
}
