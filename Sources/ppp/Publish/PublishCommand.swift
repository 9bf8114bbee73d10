import ArgumentParser
import Artifacts
import Builder
import Catalogue
import FoundationEssentials
import Layers
import Model
import Publish
import SystemPackage
import Terminal

/// Publishes what was built.
struct PublishCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish bundles where other people and machines get them.",
    discussion: """
      DESTINATION is file:///srv/catalogue, s3://bucket/prefix?endpoint=…&region=…, oci://registry/name, \
      pypi+https://… or index://directory. What is there already is not sent again, nothing that was published is \
      changed, and a run that was interrupted is gone on with by running it again. Credentials come from the \
      environment and from netrc (docs/publishing.md).
      """)

  @Argument(help: "Where to.")
  var destination: String

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var wishes: PublishOptions
  @OptionGroup var progress: ProgressOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let destination = try DestinationURL(parsing: destination, relativeTo: context.directory)
    let root = try place.root(in: context)
    let bundles = try await bundles(in: root)
    let display = progress.display(in: context)
    defer { display.finish() }
    let fetcher = Fetcher(
      store: ArtifactStore(cache: CachePaths.standard(environment: context.environment)),
      settings: .standard(environment: context.environment), events: display.sink)
    switch destination.kind {
    case .packageIndex, .simpleIndex:
      let uploads = try await publishWheels(of: bundles, to: destination, fetcher, context, display.sink)
      display.finish()
      return try show(WheelsText(uploads, destination: destination, dryRun: wishes.dryRun), context)
    case .directory, .bucket, .registry, .web: break
    }
    let publisher = try await publisher(
      to: store(at: destination, fetcher, in: context), of: root, fetcher, in: context, events: display.sink)
    let report: PublishText
    if wishes.dryRun {
      let (plan, missing) = try await publisher.plan(bundles)
      report = PublishText(planned: plan, missing: missing, destination: destination)
    } else {
      report = PublishText(done: try await publisher.publish(bundles), destination: destination)
    }
    display.finish()
    return try show(report, context)
  }

  private func show(_ report: some PublishedText, _ context: CommandContext) throws -> ExitStatus {
    switch format {
    case .text: if !progress.quiet { context.print(report.text) }
    case .json: context.print(try json(report))
    }
    return .done
  }

  /// The current bundles of the selected cells.
  private func bundles(in root: FilePath) async throws -> [BundleRecord] {
    let catalogue = Catalogue(at: Catalogue.path(in: root))
    let cells = try await catalogue.summaries().map(\.cell)
    guard !cells.isEmpty else { throw PublishError.nothingBuilt }
    var bundles: [BundleRecord] = []
    for cell in try selection.selection().select(from: cells) {
      if let bundle = try await catalogue.bundle(cell) { bundles.append(bundle) }
    }
    return bundles
  }

  private func store(
    at destination: DestinationURL, _ fetcher: Fetcher, in context: CommandContext
  ) throws -> any ObjectStore {
    switch destination.kind {
    case .directory(let path):
      return try wishes.dryRun ? DirectoryStore(planning: path) : DirectoryStore(writing: path)
    case .bucket(let bucket):
      return S3Store(try S3Access(bucket, environment: context.environment), fetcher: fetcher)
    case .registry(let address, let name):
      return RegistryStore(
        try Registry(
          at: address, name: name, access: wishes.dryRun ? .pull : .push,
          logins: context.registryLogins, fetcher: fetcher))
    case .web, .packageIndex, .simpleIndex:
      throw PublishError.unsuitable("\(destination)", for: "publishing")
    }
  }

  private func publisher(
    to store: any ObjectStore, of root: FilePath, _ fetcher: Fetcher, in context: CommandContext,
    events: @escaping EventSink
  ) async throws -> Publisher {
    let cache = CachePaths.standard(environment: context.environment)
    let now = Int64(Date().timeIntervalSince1970)
    let epoch = context.environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
    let shelf = BundleShelf(
      describing: root, layers: LayerStore(cache: cache), builder: context.builder)
    let signer = try await wishes.signer(in: context, now: epoch ?? now)
    return try Publisher(
      to: store,
      wishes: wishes.wishes(name: root.lastComponent?.string ?? "catalogue", now: now, epoch: epoch),
      signer: signer, shelf: shelf, page: PublishedPage(cache: cache),
      images: images(in: store, of: root, signer, fetcher, context, events), now: now, events: events)
  }
}
