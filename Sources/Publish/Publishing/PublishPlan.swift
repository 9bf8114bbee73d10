package import Catalogue
import Model

/// What publishing bundles would change at a destination.
package struct PublishPlan: Sendable {
  package enum Change: String, Sendable, Codable {
    /// A version that was not there.
    case added
    /// A version that gets other content.
    case replaced
    case unchanged
  }

  package struct Item: Sendable {
    package let bundle: BundleRecord
    package let version: PublishedVersion
    package let change: Change
  }

  /// In the order of their cells.
  ///
  /// What is `unchanged` and wished to be replaced is looked for all the same, since it may
  /// have been lost.
  package let items: [Item]
  /// What has to be at the destination before the index is; each once.
  package let objects: [PublishableObject]
  /// The manifests of what is added or replaced; they come after the objects.
  package let manifests: [PublishableObject]
  /// The index that there will be.
  package let index: PublishedIndex
  /// Whether it is another than the one that is there.
  package let changesIndex: Bool
  /// Versions that go.
  package let dropped: [PublishedEntry]

  /// Decides what happens to each bundle, and makes ready what has to be sent.
  ///
  /// `old` is the index that is there, if one is; `material` makes a bundle ready, and is asked only for those that may
  /// have to be sent.
  ///
  /// - Throws: `PublishError.conflict` for a version that is there with other content, and what `material` throws.
  package init(
    publishing bundles: [BundleRecord], over old: PublishedIndex?, wishes: PublishWishes,
    material makeReady: (BundleRecord) async throws -> PublishableBundle
  ) async throws {
    var index = old ?? PublishedIndex(name: wishes.name)
    var items: [Item] = []
    var material: [PublishableBundle] = []
    for bundle in bundles.sorted(by: { $0.cell < $1.cell }) {
      let decision = try Self.decide(bundle, index: index, wishes: wishes)
      var change = decision.change
      if change != .unchanged || wishes.replaces {
        let publishable = try await makeReady(bundle)
        let entry = PublishedEntry(
          bundle, version: decision.version, manifest: publishable.manifestObject.reference,
          publishedAt: wishes.publishedAt)
        if decision.former?.manifest == entry.manifest {
          change = .unchanged
        } else {
          if decision.former != nil { change = .replaced }
          index.insert(entry)
        }
        material.append(publishable)
      }
      items.append(Item(bundle: bundle, version: decision.version, change: change))
    }
    dropped = wishes.keeping.map { index.drop(keeping: $0) } ?? []
    if let expires = wishes.expires { index.expires = expires }
    changesIndex = index != old
    if changesIndex { index.sequence += 1 }
    var seen: Set<Digest> = []
    objects = material.flatMap(\.objects).filter { seen.insert($0.reference.digest).inserted }
    manifests = material.map(\.manifestObject).filter { seen.insert($0.reference.digest).inserted }
    self.items = items
    self.index = index
  }

  /// The version that a bundle gets, and the entry that is there under it.
  private static func decide(
    _ bundle: BundleRecord, index: PublishedIndex, wishes: PublishWishes
  ) throws(PublishError) -> (version: PublishedVersion, change: Change, former: PublishedEntry?) {
    let versions = index.versions(of: bundle.cell)
    guard let wished = wishes.version else {
      guard let newest = versions.last else { return (PublishedVersion(1), .added, nil) }
      guard newest.digest != bundle.digest else { return (newest.version, .unchanged, newest) }
      return (newest.version.nextWhole, .added, nil)
    }
    guard let former = versions.first(where: { $0.version == wished }) else { return (wished, .added, nil) }
    guard former.digest != bundle.digest else { return (wished, .unchanged, former) }
    guard wishes.replaces else {
      throw .conflict(bundle.cell, wished, old: former.digest, new: bundle.digest)
    }
    return (wished, .replaced, former)
  }
}

extension PublishedIndex {
  /// Drops all but the newest versions of each cell; what was dropped.
  fileprivate mutating func drop(keeping count: Int) -> [PublishedEntry] {
    var left: [CellID: Int] = [:]
    let old = entries.reversed().filter { entry in
      left[entry.cell, default: 0] += 1
      return left[entry.cell, default: 0] > count
    }
    remove(Set(old))
    return old.reversed()
  }
}
