import ArgumentParser
import Catalogue
import Model
import Terminal

/// Lists what a bundle unpacks to.
struct CatalogueFiles: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "files", abstract: "List the files of a bundle with their sizes and digests.")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "The cell, as RUNENV@PLATFORM.")
  var bundle: BundleReference

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let files = try await place.catalogue(in: context).files(of: bundle)
    switch format {
    case .json: context.print(try json(files))
    case .text:
      var table = Table(.init("size", .right), .init("digest"), .init("path"))
      for file in files {
        let path = file.target.map { "\(file.path) -> \($0)" } ?? file.path
        table.append([
          String(file.size), file.digest.map { String($0.hex.prefix(16)) } ?? file.kind.rawValue, path,
        ])
      }
      context.print(table.rendered())
    }
    return .done
  }
}
