import Catalogue
package import Layers
package import SystemPackage
import Trust

extension BundleShelf {
  /// A shelf whose bundles come with their bill of materials and their provenance, from what is on record in the workspace.
  ///
  /// `builder` is the URI of who is believed to have built them.
  package init(describing workspace: FilePath, layers: LayerStore, builder: String = standardBuilder) {
    self.init(workspace: workspace, layers: layers) { bundle in
      let listing = try LayerListing(at: Catalogue.path(in: workspace))
      func files(of layer: LayerRecord) throws -> [FileRecord] { try listing?.files(of: layer.digest) ?? [] }
      return Documents(
        sbom: try softwareBillOfMaterials(of: bundle, files: files),
        provenance: try provenance(of: bundle, builder: builder, files: files))
    }
  }
}
