import Catalogue
import Model
import Publish
import Terminal

/// What is shown of publishing.
protocol PublishedText: Encodable {
  var text: String { get }
}

/// What publishing did or would do, for people and for machines.
struct PublishText: PublishedText {
  struct Cell: Encodable {
    let cell: CellID
    let version: PublishedVersion
    /// `added`, `replaced` or `unchanged`.
    let change: PublishPlan.Change
    let digest: Digest
    let size: Int64
  }

  struct Dropped: Encodable {
    let cell: CellID
    let version: PublishedVersion
  }

  /// What a dry run would send.
  struct Object: Encodable {
    let name: String
    let digest: Digest
    let size: Int64
  }

  let schemaVersion = 1
  let destination: String
  let dryRun: Bool
  let cells: [Cell]
  let dropped: [Dropped]
  /// How many objects were sent, or would be.
  let objects: Int
  /// Of them, in bytes; of what was sent, with the index and what goes with it.
  let bytes: Int64
  /// Nil once they are sent.
  let missing: [Object]?
  let removedFiles: Int
  let removedBytes: Int64
  let sequence: Int

  init(planned plan: PublishPlan, missing: MissingObjects, destination: DestinationURL) {
    self.destination = destination.description
    dryRun = true
    cells = plan.items.map(Cell.init)
    dropped = plan.dropped.map { Dropped(cell: $0.cell, version: $0.version) }
    objects = missing.count
    bytes = missing.size
    self.missing = (missing.objects + missing.manifests).map {
      Object(name: $0.name, digest: $0.reference.digest, size: $0.reference.size)
    }
    (removedFiles, removedBytes) = (0, 0)
    sequence = plan.index.sequence
  }

  init(done report: PublishReport, destination: DestinationURL) {
    self.destination = destination.description
    dryRun = false
    cells = report.items.map(Cell.init)
    dropped = report.dropped.map { Dropped(cell: $0.cell, version: $0.version) }
    objects = report.sentObjects
    bytes = report.sentBytes
    missing = nil
    (removedFiles, removedBytes) = (report.removedFiles, report.removedBytes)
    sequence = report.sequence
  }
}

extension PublishText.Cell {
  fileprivate init(_ item: PublishPlan.Item) {
    self.init(
      cell: item.bundle.cell, version: item.version, change: item.change, digest: item.bundle.digest,
      size: item.bundle.size)
  }
}

extension PublishText {
  /// A table of what changes, and a line that sums it up.
  var text: String {
    var table = Table(.init("cell"), .init("version"), .init("size", .right), .init("change"))
    for cell in cells where cell.change != .unchanged {
      table.append([
        cell.cell.description, cell.version.description, ByteCount(cell.size).description,
        cell.change.rawValue,
      ])
    }
    for entry in dropped {
      table.append([entry.cell.description, entry.version.description, "", "dropped"])
    }
    let unchanged = cells.count { $0.change == .unchanged }
    let sent = "\(objects) \(objects == 1 ? "file" : "files") (\(ByteCount(bytes)))"
    let parts = [
      dryRun ? "would send \(sent)" : "\(sent) sent", unchanged == 0 ? nil : "\(unchanged) unchanged",
      removedFiles == 0 ? nil : "\(removedFiles) files removed (\(ByteCount(removedBytes)))",
    ].compactMap(\.self)
    let summary = "\(parts.joined(separator: ", ")): \(destination)\n"
    return table.isEmpty ? summary : table.rendered() + "\n" + summary
  }
}
