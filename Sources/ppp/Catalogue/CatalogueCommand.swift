import ArgumentParser
import Catalogue
import SystemPackage

/// The commands that read the catalogue.
struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue",
    abstract: "Look at what was built.",
    subcommands: [
      CatalogueList.self, CatalogueShow.self, CatalogueFiles.self, CatalogueDiff.self,
      CatalogueBillOfMaterials.self,
      CatalogueProvenance.self, CatalogueExport.self,
      CataloguePageCommand.self,
    ])
}

extension WorkspaceOptions {
  /// The workspace's catalogue.
  func catalogue(in context: CommandContext) throws(CommandError) -> Catalogue {
    Catalogue(at: Catalogue.path(in: try root(in: context)))
  }
}
