import ArgumentParser
import Artifacts
import Catalogue
import CataloguePage
import Model
import SystemPackage

/// Writes the catalogue's page.
struct CataloguePageCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "Write the catalogue as a web page, as in dist/index.html.",
    discussion: """
      The page is one file that needs no network and no server. Links to bundles lead to where they lie beside \
      dist/index.html; a page elsewhere needs them beside it.
      """)

  @OptionGroup var place: WorkspaceOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where to write it.", discussion: "By default dist/index.html in the workspace.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: String?

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let root = try place.root(in: context)
    let file =
      output.map { context.directory.pushing(FilePath($0)).lexicallyNormalized() }
      ?? root.appending("dist").appending("index.html")
    let page = try await place.catalogue(in: context).page { .sha256(of: $0) }
    try makeDirectory(file.removingLastComponent())
    try writeAtomically(page, to: file)
    context.print(file.string)
    return .done
  }
}
