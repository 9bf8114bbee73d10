import ArgumentParser
import Catalogue
import Model
import Terminal

/// Lists the bundles.
struct CatalogueList: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the bundles on record.")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "Only cells like these, as shell patterns.")
  var cells: [String] = []

  @Option(help: "Only this platform; may be repeated.")
  var platform: [Platform] = []

  @Option(help: "Only bundles with this package.")
  var package: PackageName?

  @Option(help: "Only bundles with this module.")
  var module: ModuleName?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let query = BundleQuery(cells: cells, platforms: platform, package: package, module: module)
    let summaries = try await place.catalogue(in: context).summaries(matching: query)
    switch format {
    case .json: context.print(try json(summaries))
    case .text:
      var table = Table(
        .init("cell"), .init("size", .right), .init("unpacked", .right), .init("packages", .right),
        .init("left out", .right), .init("checks"), .init("file"))
      for bundle in summaries {
        table.append([
          bundle.cell.description, ByteCount(bundle.size).description,
          ByteCount(bundle.unpackedSize).description,
          String(bundle.packageCount), bundle.omissionCount == 0 ? "" : String(bundle.omissionCount),
          bundle.verification?.rawValue ?? "not made", bundle.file,
        ])
      }
      context.print(table.isEmpty ? "nothing is on record; 'ppp build' changes that" : table.rendered())
    }
    return .done
  }
}
