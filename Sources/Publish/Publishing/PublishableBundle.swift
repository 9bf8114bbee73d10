import Artifacts
package import Catalogue
import Model

/// An object as it would be sent.
package struct PublishableObject: Sendable {
  package let reference: ObjectReference
  /// What people know it by: `wheel numpy 2.2.6`.
  package let name: String
  /// Where its bytes may be had, the best place first.
  let places: [ObjectBytes]

  package init(_ reference: ObjectReference, name: String, places: [ObjectBytes]) {
    self.reference = reference
    self.name = name
    self.places = places
  }

  package init(_ bytes: [UInt8], name: String) {
    self.init(
      ObjectReference(digest: .sha256(of: bytes), size: Int64(bytes.count)), name: name,
      places: [.bytes(bytes)])
  }
}

/// A bundle with everything that is published of it.
package struct PublishableBundle: Sendable {
  package let manifest: PublishedManifest
  /// The manifest's own object.
  package let manifestObject: PublishableObject
  /// What the manifest refers to: layers, the bundle's end, documents.
  package let objects: [PublishableObject]

  package var record: BundleRecord { manifest.bundle }

  package init(manifest: PublishedManifest, objects: [PublishableObject]) throws {
    self.manifest = manifest
    self.objects = objects
    manifestObject = PublishableObject(try manifest.encoded(), name: "manifest of \(manifest.bundle.cell)")
  }
}
