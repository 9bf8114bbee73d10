import Artifacts
import Builder
import Layers
import Model
import Publish
import Runtimes
import SystemPackage
import Tools

extension PublishCommand {
  /// The images that go with a catalogue in a registry; nil for other places.
  func images(
    in store: any ObjectStore, of root: FilePath, _ signer: IndexSigner?, _ fetcher: Fetcher,
    _ context: CommandContext, _ events: @escaping EventSink
  ) throws -> RegistryImages? {
    guard let store = store as? RegistryStore,
      case .registry(let address, _) = try DestinationURL(
        parsing: destination, relativeTo: context.directory
      ).kind
    else { return nil }
    let cache = CachePaths.standard(environment: context.environment)
    let layers = LayerStore(cache: cache)
    let contents = LayerContents(cache: cache, layers: layers, workspace: root)
    let hasBase = try RegistryOptions(query: address.query, destination: destination).hasBase
    var sign: RegistryImages.Signing?
    if let signer { sign = { bytes, name in signer.signature(of: bytes, named: name) } }
    return RegistryImages(
      in: store, base: hasBase ? base(layers, cache, fetcher, context, events) : nil,
      sign: sign,
      contentDigest: { try await contents.digest(of: $0, in: $1) })
  }

  /// A C library and a shell, made of Debian's packages.
  private func base(
    _ layers: LayerStore, _ cache: FilePath, _ fetcher: Fetcher, _ context: CommandContext,
    _ events: @escaping EventSink
  ) -> ImageBase {
    let runtimes = RuntimeProviders(
      fetcher: fetcher, toolbox: Toolbox(fetcher: fetcher, cache: cache, index: Toolbox.standardIndex),
      cache: cache, settings: .init(environment: context.environment), events: events)
    return ImageBase { platform, floor in
      guard let layer = try await runtimes.containerBase(for: platform, floor: floor, in: layers, level: 9)
      else { throw PublishError.unsuitable("\(platform)", for: "containers") }
      let path = layers.path(of: layer.digest)
      let digests = try await blocking {
        try contentDigest(ofLayerIn: path, size: layer.size, cancellation: $0)
      }
      return ImageBase.Layer(
        name: "Debian's C library, busybox, certificates",
        object: ObjectReference(digest: layer.digest, size: layer.size), bytes: .file(path, offset: 0),
        contentDigest: digests.content)
    }
  }
}
