import Builder
import Catalogue
import Model
import Terminal

/// What a build did, for people and for machines.
struct BuildReport: Encodable {
  struct Cell: Encodable {
    let cell: CellID
    /// `built`, `upToDate` or `failed`.
    let ending: String
    let file: String?
    let digest: Digest?
    let size: Int64?
    let layers: Int
    let madeLayers: Int
    let omissions: Int
    let checks: String?
    let problem: String?
    let seconds: Double
  }

  let schemaVersion = 1
  let cells: [Cell]
  let seconds: Double

  init(_ results: [CellResult], duration: Duration) {
    cells = results.sorted { $0.cell < $1.cell }.map(Cell.init)
    seconds = duration.inSeconds
  }

  var failedCount: Int { cells.count { $0.ending == "failed" || $0.checks == "failed" } }
}

extension BuildReport.Cell {
  init(_ result: CellResult) {
    let (ending, bundle, problem): (String, BundleRecord?, String?) =
      switch result.ending {
      case .built(let bundle): ("built", bundle, nil)
      case .upToDate: ("upToDate", nil, nil)
      case .failed(let problem): ("failed", nil, problem.message)
      }
    self.init(
      cell: result.cell, ending: ending, file: bundle?.file, digest: bundle?.digest, size: bundle?.size,
      layers: result.layers, madeLayers: result.madeLayers, omissions: bundle?.omissions.count ?? 0,
      checks: bundle?.verification?.state.rawValue, problem: problem, seconds: result.duration.inSeconds)
  }
}

extension BuildReport {
  /// The closing table and a line that sums it up.
  var text: String {
    let built = cells.filter { $0.ending == "built" }
    let idle = cells.count { $0.ending == "upToDate" }
    var table = Table(
      .init("cell"), .init("size", .right), .init("layers", .right), .init("reused", .right),
      .init("left out", .right),
      .init("checks"), .init("time", .right))
    for cell in cells where cell.ending != "upToDate" {
      table.append([
        cell.cell.description, cell.size.map { ByteCount($0).description } ?? "",
        cell.layers == 0 ? "" : String(cell.layers),
        cell.layers == 0 ? "" : String(cell.layers - cell.madeLayers),
        cell.omissions == 0 ? "" : String(cell.omissions), cell.checks ?? cell.ending,
        ElapsedTime(.seconds(cell.seconds)).description,
      ])
    }
    let size = ByteCount(built.reduce(0) { $0 + ($1.size ?? 0) })
    let parts = [
      built.isEmpty ? nil : "\(built.count) built (\(size))", idle == 0 ? nil : "\(idle) up to date",
      failedCount == 0 ? nil : "\(failedCount) failed",
    ].compactMap(\.self)
    let summary = "\(parts.joined(separator: ", ")) in \(ElapsedTime(.seconds(seconds)))\n"
    return table.isEmpty ? summary : table.rendered() + "\n" + summary
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds / 1_000_000_000_000_000) / 1_000
  }
}
