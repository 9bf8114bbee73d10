import ArgumentParser
import Model
import Modules
import Terminal

/// Tells which added modules have become another at their source.
struct ModulesOutdated: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "outdated",
    abstract: "Tell which added modules their sources have changed since.",
    discussion: "Nothing is written; 'ppp modules diff NAME' shows what changed, to be moved over by hand.")

  @OptionGroup var place: AddedModuleOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let added = try place.added(in: context)
    var facts: [ComparisonFacts] = []
    var status = ExitStatus.done
    let modules = try added.modules(named: [])
    for module in modules {
      do {
        facts.append(ComparisonFacts(try await added.comparison(of: module)))
      } catch let error where !(error is CancellationError) {
        context.report(error)
        status = .failed
      }
    }
    switch format {
    case .json: context.print(try json(facts))
    case .text where facts.isEmpty && !modules.isEmpty: break
    case .text: tell(facts.filter(\.isOutdated), of: facts.count, in: context)
    }
    return status
  }

  private func tell(_ outdated: [ComparisonFacts], of count: Int, in context: CommandContext) {
    guard !outdated.isEmpty else {
      context.tell(count == 0 ? "no module was added here" : "no source has changed since")
      return
    }
    var table = Table(
      .init("module"), .init("added"), .init("source has"), .init("changed there", .right),
      .init("changed here", .right), .init("in both", .right))
    for facts in outdated {
      table.append([
        facts.name, facts.version, facts.sourceVersion, "\(facts.count { $0.inSource != .unchanged })",
        "\(facts.count { $0.here != .unchanged })", "\(facts.count(where: \.isConflict))",
      ])
    }
    context.print(table.rendered(width: context.width, shrinking: 0, colored: context.screen.isColored))
  }
}

/// A comparison for machines.
struct ComparisonFacts: Encodable {
  struct File: Encodable {
    let path: String
    let here: FileComparison.Change
    let inSource: FileComparison.Change
    let isConflict: Bool
  }

  let name: String
  let version: String
  let sourceVersion: String
  let source: String
  let isOutdated: Bool
  /// The files that are not as they were added, on either side.
  let files: [File]

  init(_ comparison: ModuleComparison) {
    name = comparison.module.name.description
    version = comparison.module.version.description
    sourceVersion = comparison.sourceVersion.description
    source = comparison.module.source
    isOutdated = comparison.isOutdated
    files = comparison.files.filter { $0.here != .unchanged || $0.inSource != .unchanged }.map {
      File(path: $0.path, here: $0.here, inSource: $0.inSource, isConflict: $0.isConflict)
    }
  }

  func count(where isCounted: (File) -> Bool) -> Int { files.count(where: isCounted) }
}
