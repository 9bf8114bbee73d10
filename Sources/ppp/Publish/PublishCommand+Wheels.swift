import Artifacts
import Builder
import Catalogue
import Model
import Publish
import SystemPackage
import Terminal

extension PublishCommand {
  /// Publishes wheels: to an index that takes uploads those that were made here, to a static one all.
  func publishWheels(
    of bundles: [BundleRecord], to destination: DestinationURL, _ fetcher: Fetcher, _ context: CommandContext,
    _ events: @escaping EventSink
  ) async throws -> [WheelUpload] {
    for (option, isGiven) in [
      ("--sign", wishes.sign != nil), ("--expires", wishes.expires != nil), ("--prune", wishes.prune != nil),
      ("--version", wishes.version != nil),
    ] where isGiven { throw PublishError.unsuitable(option, for: "an index of packages") }
    let cache = CachePaths.standard(environment: context.environment)
    let wheels = try CatalogueWheel.all(in: bundles, builtNames: builtWheelNames(in: cache))
    let shelf = WheelShelf(fetcher: fetcher)
    switch destination.kind {
    case .simpleIndex(let directory):
      let index = SimpleIndex(directory, shelf: shelf, events: events)
      if wishes.dryRun { return try index.plan(wheels, replacing: wishes.replace) }
      return try await index.publish(wheels, replacing: wishes.replace)
    case .packageIndex(let address):
      if wishes.replace { throw PublishError.unsuitable("--replace", for: "an index that takes uploads") }
      let index = UploadIndex(
        address, fetcher: fetcher, shelf: shelf, scratch: cache.appending("tmp"), events: events)
      let own = wheels.filter(\.isOwn)
      return try await wishes.dryRun ? index.plan(own) : index.publish(own)
    case .directory, .bucket, .registry, .web:
      throw PublishError.unsuitable("\(destination)", for: "wheels")
    }
  }
}

/// What publishing did with wheels, or would do.
struct WheelsText: PublishedText {
  struct Wheel: Encodable {
    let file: String
    let digest: Digest
    /// `added`, `replaced` or `unchanged`.
    let change: WheelUpload.Change
  }

  let schemaVersion = 1
  let destination: String
  let dryRun: Bool
  let wheels: [Wheel]

  init(_ uploads: [WheelUpload], destination: DestinationURL, dryRun: Bool) {
    self.destination = destination.description
    self.dryRun = dryRun
    wheels = uploads.map {
      Wheel(file: "\($0.wheel.fileName)", digest: $0.wheel.digest, change: $0.change)
    }
  }

  /// A table of what is new, and a line that sums it up.
  var text: String {
    var table = Table(.init("wheel"), .init("change"))
    let changed = wheels.filter { $0.change != .unchanged }
    for wheel in changed { table.append([wheel.file, wheel.change.rawValue]) }
    let count = "\(changed.count) \(changed.count == 1 ? "wheel" : "wheels")"
    let unchanged = wheels.count - changed.count
    let summary =
      (dryRun ? "would publish \(count)" : "\(count) published")
      + (unchanged == 0 ? "" : ", \(unchanged) unchanged") + ": \(destination)\n"
    return table.isEmpty ? summary : table.rendered() + "\n" + summary
  }
}
