import ArgumentParser
package import Catalogue
import Model
import Terminal

/// Shows one bundle whole.
struct CatalogueShow: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a bundle: packages, layers, what is left out, and its checks.")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "The cell, as RUNENV@PLATFORM, or RUNENV@PLATFORM:GENERATION.")
  var bundle: BundleReference

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let record = try await place.catalogue(in: context).recorded(bundle)
    switch format {
    case .json: context.print(try json(record))
    case .text: context.print(BundleText(record).text)
    }
    return .done
  }
}

extension BundleReference: ExpressibleByArgument {
  package init?(argument: String) {
    do throws(ParseError) { try self.init(parsing: argument) } catch { return nil }
  }
}
