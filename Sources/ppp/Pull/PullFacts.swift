import Catalogue
import Model
import Publish
import SystemPackage

/// What pulling did or would do, for people and for machines.
struct PullFacts: Encodable {
  struct Layers: Encodable {
    let count: Int
    let bytes: Int64

    init(_ items: [PullPlan.Item]) {
      count = items.count
      bytes = items.reduce(0) { $0 + $1.layer.size }
    }
  }

  /// What has come of it.
  struct Done: Encodable {
    let fetchedLayers: Int
    let fetchedBytes: Int64
    let reusedFiles: Int
    let reusedBytes: Int64
    let writtenFiles: Int
    let writtenBytes: Int64
  }

  let schemaVersion = 1
  let cell: CellID
  let version: PublishedVersion?
  let digest: Digest
  let source: String
  /// The name of the trusted key.
  let signer: String?
  let isUpToDate: Bool
  let bytesToFetch: Int64
  let fetch: Layers
  let cache: Layers
  let tree: Layers
  let done: Done?
  let current: String

  init(_ plan: PullPlan, in directory: EnvironmentDirectory) {
    self.init(plan, nil, in: directory)
  }

  init(_ report: PullReport, in directory: EnvironmentDirectory) {
    let done = Done(
      fetchedLayers: report.fetchedLayers, fetchedBytes: report.fetchedBytes,
      reusedFiles: report.reusedFiles,
      reusedBytes: report.reusedBytes, writtenFiles: report.writtenFiles, writtenBytes: report.writtenBytes)
    self.init(report.plan, done, in: directory)
  }

  private init(_ plan: PullPlan, _ done: Done?, in directory: EnvironmentDirectory) {
    cell = plan.cell
    version = plan.version
    digest = plan.entry.digest
    source = plan.place
    signer = plan.signer
    isUpToDate = plan.isCurrent
    bytesToFetch = plan.bytesToFetch
    fetch = Layers(plan.items(.fetch))
    cache = Layers(plan.items(.cache))
    tree = Layers(plan.items(.tree))
    self.done = done
    current = directory.current.string
  }

  private var name: String { version.map { "\(cell) version \($0)" } ?? "\(cell)" }

  private var signature: String { signer.map { ", signed by '\($0)'" } ?? "" }

  var text: String {
    if isUpToDate { return "\(name) is up to date\(signature): \(current)" }
    guard let done else {
      return """
        \(name)\(signature): \(ByteCount(bytesToFetch)) to fetch
          fetched        \(words(fetch))
          in the cache   \(words(cache))
          in the tree    \(words(tree))
        """
    }
    return """
      \(name)\(signature): \(current)
        fetched \(ByteCount(done.fetchedBytes)) in \(done.fetchedLayers) of \
      \(fetch.count + cache.count + tree.count) layers; wrote \(ByteCount(done.writtenBytes)), \
      shared \(ByteCount(done.reusedBytes)) with the trees before
      """
  }

  private func words(_ layers: Layers) -> String {
    "\(layers.count) layer\(layers.count == 1 ? "" : "s"), \(ByteCount(layers.bytes))"
  }
}

/// What going back did.
struct RollbackFacts: Encodable {
  struct Tree: Encodable {
    let cell: CellID
    let version: PublishedVersion?
    let digest: Digest

    init(_ tree: PulledTree) {
      cell = tree.cell
      version = tree.version
      digest = tree.digest
    }

    var name: String {
      let version = version.map { "version \($0)" } ?? String(digest.hex.prefix(12))
      return "\(cell) \(version)"
    }
  }

  let schemaVersion = 1
  let from: Tree
  let to: Tree
  let current: String

  init(from former: PulledTree, to tree: PulledTree, in directory: EnvironmentDirectory) {
    from = Tree(former)
    to = Tree(tree)
    current = directory.current.string
  }

  var text: String { "\(current): back from \(from.name) to \(to.name)" }
}
