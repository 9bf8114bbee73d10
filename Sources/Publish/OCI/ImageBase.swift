import Catalogue
package import Model
import Synchronization

/// What lies below the environments of images: a C library and a shell.
///
/// It is made only when an image is, and once for each kind of system.
package final class ImageBase: Sendable {
  package struct Layer: Sendable {
    package let name: String
    package let object: ObjectReference
    package let bytes: ObjectBytes
    /// Of what it is unpacked.
    package let contentDigest: Digest

    package init(name: String, object: ObjectReference, bytes: ObjectBytes, contentDigest: Digest) {
      self.name = name
      self.object = object
      self.bytes = bytes
      self.contentDigest = contentDigest
    }
  }

  private struct Need: Hashable {
    let platform: Platform
    let floor: PlatformFloor?
  }

  private let make: @Sendable (Platform, PlatformFloor?) async throws -> Layer
  private let known = Mutex<[Need: Layer]>([:])
  private let flights = SingleFlight<Need, Layer>()

  package init(_ make: @escaping @Sendable (Platform, PlatformFloor?) async throws -> Layer) {
    self.make = make
  }

  /// The layers below a bundle's own; none where nothing in it is started on Linux.
  func layers(below bundle: BundleRecord) async throws -> [Layer] {
    guard bundle.startsInContainers else { return [] }
    let need = Need(platform: bundle.platform, floor: bundle.floor)
    return [
      try await flights.run(need) {
        if let layer = known.withLock({ $0[need] }) { return layer }
        let layer: Layer
        do {
          layer = try await make(need.platform, need.floor)
        } catch let error as any UserFacingError {
          throw RegistryError.noBase(reason: error.description)
        }
        known.withLock { $0[need] = layer }
        return layer
      }
    ]
  }
}

extension BundleRecord {
  /// Whether it is an installed environment of Linux with a Python of its own.
  var startsInContainers: Bool {
    platform.operatingSystem == .linux && layout == .tree && runtime.bundled
  }
}
