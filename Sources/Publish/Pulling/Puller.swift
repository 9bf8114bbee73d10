package import Artifacts
import Catalogue
package import Layers
package import Model
import SystemPackage
import Trust

/// Pulls environments from one source into one directory.
package struct Puller: Sendable {
  let source: any PullSource
  let directory: EnvironmentDirectory
  let layers: LayerStore
  let artifacts: ArtifactStore
  /// Seconds since 1970.
  let now: Int64
  /// How many layers are unpacked at once.
  let processors: Int
  let events: EventSink

  package init(
    source: any PullSource, directory: EnvironmentDirectory, layers: LayerStore, artifacts: ArtifactStore,
    now: Int64, processors: Int, events: @escaping EventSink
  ) {
    self.source = source
    self.directory = directory
    self.layers = layers
    self.artifacts = artifacts
    self.now = now
    self.processors = processors
    self.events = events
  }

  /// What pulling would do now; nothing is changed, and what is fetched for it is only the catalogue and a manifest.
  package func plan(_ reference: PullReference, platform: Platform?) async throws -> PullPlan {
    let listing = try await source.listing()
    if let promise = listing.promise {
      try Freshness(in: directory.seen).check(promise, from: source.place, now: now)
    }
    return try await plan(reference, platform: platform, listing)
  }

  func plan(
    _ reference: PullReference, platform: Platform?, _ listing: PullListing, damaged: PulledTree? = nil
  ) async throws -> PullPlan {
    let entry = try select(reference, platform: platform, listing)
    let manifest = try await source.manifest(of: entry)
    let state = try directory.state()
    let tree = state.trees.last { $0.digest == entry.digest && $0 != damaged }
    let isWhole = !source.offersLayers(of: manifest)
    let known = Set(state.trees.flatMap(\.layers))
    let items = tree == nil && !isWhole ? manifest.bundle.layers : []
    return PullPlan(
      entry: entry, manifest: manifest, version: listing.hasVersions ? entry.version : nil,
      place: source.place, signer: listing.signer, tree: tree,
      isCurrent: tree != nil && tree == directory.currentTree(in: state),
      items: items.map { PullPlan.Item(layer: $0, origin: origin(of: $0, known: known)) }, isWhole: isWhole)
  }

  private func origin(of layer: LayerRecord, known: Set<Digest>) -> PullPlan.Origin {
    if known.contains(layer.digest), FileStatus(of: directory.tables.appending(layer.digest.hex)) != nil {
      return .tree
    }
    let stored = FileStatus(of: layers.path(of: layer.digest))
    return stored?.kind == .file && stored?.size == layer.size ? .cache : .fetch
  }

  /// The entry of this machine's platform, or the one that was asked for; the newest unless a version was named.
  private func select(
    _ reference: PullReference, platform: Platform?, _ listing: PullListing
  ) throws(PullError) -> PublishedEntry {
    let entries = listing.entries.filter { $0.runenv == reference.runenv }
    guard !entries.isEmpty else {
      let names = Set(listing.entries.map(\.runenv)).sorted()
      throw .unknownEnvironment(
        reference.runenv, place: source.place, nearest: nearest(to: reference.runenv, in: names))
    }
    guard let platform = platform ?? Platform.host, entries.contains(where: { $0.platform == platform })
    else {
      let platforms = Set(entries.map(\.platform))
      throw .notForPlatform(
        reference.runenv, platform, platforms: Platform.all.filter { platforms.contains($0) })
    }
    let versions = entries.filter { $0.platform == platform }.sorted()
    guard let version = reference.version else { return versions[versions.count - 1] }
    guard listing.hasVersions, let entry = versions.first(where: { $0.version == version }) else {
      throw .unknownVersion(
        CellID(runenv: reference.runenv, platform: platform), version,
        versions: listing.hasVersions ? versions.map(\.version) : [])
    }
    return entry
  }
}
