import ArgumentParser
import Catalogue
import Model
import Trust

/// Prints a bundle's bill of materials.
struct CatalogueBillOfMaterials: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "sbom",
    abstract: "Print everything that is in a bundle, licences included, as CycloneDX 1.6 JSON.")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "The bundle: CELL, or CELL:GENERATION for an earlier one.")
  var bundle: BundleReference

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let (bundle, files) = try await place.describedBundle(bundle, in: context)
    let document = softwareBillOfMaterials(of: bundle) { files[$0.digest] ?? [] }
    context.print(String(decoding: document, as: UTF8.self))
    return .done
  }
}

extension WorkspaceOptions {
  /// A bundle with what its layers hold.
  func describedBundle(
    _ reference: BundleReference, in context: CommandContext
  ) async throws -> (BundleRecord, [Digest: [FileRecord]]) {
    let path = Catalogue.path(in: try root(in: context))
    let bundle = try await Catalogue(at: path).recorded(reference)
    let files = try await blocking { _ in
      let listing = try LayerListing(at: path)
      return try Dictionary(
        bundle.layers.map { ($0.digest, try listing?.files(of: $0.digest) ?? []) }, uniquingKeysWith: { $1 })
    }
    return (bundle, files)
  }
}
