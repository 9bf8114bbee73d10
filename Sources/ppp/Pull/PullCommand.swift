import ArgumentParser
import Artifacts
import FoundationEssentials
import Layers
import Model
import Publish
import SystemPackage
import Terminal
import Trust

#if canImport(Glibc)
import Glibc
#endif

/// Installs an environment from a catalogue, or brings one that is there up to date.
struct PullCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Install or update an environment from a published catalogue or a dist folder.",
    discussion: """
      The environment is DIRECTORY/current; the link is swapped once the new tree is whole, and the tree before it \
      stays for --rollback and for programs that run in it. Only layers that neither the directory nor the cache \
      has are fetched. When keys are trusted (ppp key trust), only what one of them signed is pulled.
      """)

  @Argument(
    help: ArgumentHelp(
      "The environment, and its version unless the newest is wanted.", valueName: "id[@version]"))
  var reference: PullReference

  @Option(
    help: ArgumentHelp(
      "Where to pull from: an http(s)://, file://, s3:// or oci:// URL, or a directory.",
      discussion: "By default where the directory was last pulled from.", valueName: "url"))
  var from: String?

  @Option(help: "The platform, unless this machine's is wanted.")
  var platform: Platform?

  @Option(
    help: ArgumentHelp(
      "Where the environment is; by default a directory named by the id.", valueName: "directory"),
    completion: .directory)
  var into: String?

  @Flag(name: .shortAndLong, help: "Say what would be fetched, and how many bytes; change nothing.")
  var dryRun = false

  @Flag(help: "Go back to the environment that was current before; nothing is fetched.")
  var rollback = false

  @Option(help: ArgumentHelp("How many trees are kept, the current one among them.", valueName: "count"))
  var keep = 2

  @OptionGroup var progress: ProgressOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if rollback, dryRun || from != nil || reference.version != nil {
      throw ValidationError("--rollback goes with none of --from, --dry-run and a version")
    }
    if keep < 1 { throw ValidationError("--keep takes at least 1") }
  }

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let directory = EnvironmentDirectory(
      context.directory.pushing(FilePath(into ?? reference.runenv)).lexicallyNormalized())
    if rollback { return try await rollBack(directory, context) }
    let display = progress.display(in: context)
    defer { display.finish() }
    let address = try address(of: directory, in: context)
    let puller = try await puller(from: address, into: directory, context, display.sink)
    let facts: PullFacts
    if dryRun {
      facts = PullFacts(try await puller.plan(reference, platform: platform), in: directory)
    } else {
      let report = try await puller.pull(
        reference, platform: platform, keep: keep, remembering: address.description)
      facts = PullFacts(report, in: directory)
    }
    display.finish()
    context.print(format == .json ? try json(facts) : facts.text)
    return .done
  }

  private func rollBack(_ directory: EnvironmentDirectory, _ context: CommandContext) async throws
    -> ExitStatus
  {
    let (former, tree) = try await directory.rollBack()
    let facts = RollbackFacts(from: former, to: tree, in: directory)
    context.print(format == .json ? try json(facts) : facts.text)
    return .done
  }

  /// What `--from` says, else where the directory's environment came from.
  private func address(
    of directory: EnvironmentDirectory, in context: CommandContext
  ) throws -> DestinationURL {
    guard let text = try from ?? directory.state().source else { throw PullError.noSource }
    if text.contains("://") { return try DestinationURL(parsing: text, relativeTo: context.directory) }
    let path = context.directory.pushing(FilePath(text)).lexicallyNormalized()
    return DestinationURL(kind: .directory(path), description: path.string)
  }

  private func puller(
    from address: DestinationURL, into directory: EnvironmentDirectory, _ context: CommandContext,
    _ events: @escaping EventSink
  ) async throws -> Puller {
    let cache = CachePaths.standard(environment: context.environment)
    let artifacts = ArtifactStore(cache: cache, events: events)
    let layers = LayerStore(cache: cache)
    let fetcher = Fetcher(store: artifacts, settings: .standard(environment: context.environment))
    let now = Int64(time(nil))
    let trust = PullTrust(
      keys: KeyRing(environment: context.environment, workingDirectory: context.directory), now: now)
    let source = try await openPullSource(
      address, fetcher: fetcher, environment: context.environment, logins: context.registryLogins,
      trust: trust,
      scratch: layers.scratch)
    return Puller(
      source: source, directory: directory, layers: layers, artifacts: artifacts, now: now,
      processors: ProcessInfo.processInfo.activeProcessorCount, events: events)
  }
}

extension PullReference: ExpressibleByArgument {
  package init?(argument: String) {
    // ArgumentParser says what was expected; the reason is in the help.
    guard let reference = try? PullReference(parsing: argument) else { return nil }
    self = reference
  }
}
