import ArgumentParser
import Catalogue

/// Prints the catalogue as JSON.
struct CatalogueExport: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the whole catalogue as JSON, as in dist/catalogue.json.")

  @OptionGroup var place: WorkspaceOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    context.print(String(decoding: try await place.catalogue(in: context).export(), as: UTF8.self))
    return .done
  }
}
