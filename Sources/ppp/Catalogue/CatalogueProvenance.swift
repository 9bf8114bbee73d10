import ArgumentParser
import Catalogue
import Model
import Trust

/// Prints how a bundle came to be.
struct CatalogueProvenance: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "provenance",
    abstract: "Print how a bundle came to be, as an in-toto statement with SLSA provenance.")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "The bundle: CELL, or CELL:GENERATION for an earlier one.")
  var bundle: BundleReference

  @Option(help: "Put it into a DSSE envelope that is signed with this key: its name or its file.")
  var sign: String?

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let key = sign == nil ? nil : try await context.signingKey(sign)
    let (bundle, files) = try await place.describedBundle(bundle, in: context)
    let statement = provenance(of: bundle, builder: context.builder) {
      files[$0.digest] ?? []
    }
    context.print(String(decoding: key?.envelope(around: statement) ?? statement, as: UTF8.self))
    return .done
  }
}

extension CommandContext {
  /// The URI of who builds here, for provenance.
  var builder: String {
    environment["PPP_BUILDER_ID"].flatMap { $0.isEmpty ? nil : $0 } ?? standardBuilder
  }
}
