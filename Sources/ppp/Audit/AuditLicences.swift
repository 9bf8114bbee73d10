import ArgumentParser
import Builder
import Catalogue
import ConfigMerge
import Model
import Terminal

/// Says which licence each package of the catalogue has.
struct AuditLicences: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "licences",
    abstract: "Say which licence each package of the catalogue has, and which are denied or unknown.",
    discussion: """
      What a package may have is said by audit.licences in the shared configuration. Exits with 1 where a package has \
      a licence that isn't permitted.
      """,
    aliases: ["licenses"])

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "Only cells like these, as shell patterns.")
  var cells: [String] = []

  @Option(help: "Only this platform; may be repeated.")
  var platform: [Platform] = []

  @Flag(help: "Exit with 1 where a licence is unknown, too.")
  var strict = false

  @Flag(help: "List only packages whose licence is denied or unknown.")
  var findings = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try Workspace.load(at: place.root(in: context))
    let query = BundleQuery(cells: cells, platforms: platform)
    let packages = try await place.catalogue(in: context).packages(matching: query)
    let audit = LicenceAudit(policy: workspace.licencePolicy)
    if cells.isEmpty, platform.isEmpty {
      for warning in audit.unmatched(among: packages) { context.report(warning) }
    }
    let judged = audit.judge(packages)
    let shown = findings ? judged.filter { $0.verdict != .allowed } : judged
    switch format {
    case .json: context.print(try json(LicenceReport(shown)))
    case .text: tell(shown, context)
    }
    let counts = Dictionary(grouping: judged, by: \.verdict).mapValues(\.count)
    let (denied, unknown) = (counts[.denied] ?? 0, counts[.unknown] ?? 0)
    if format == .text {
      context.tell(
        "\(judged.count) packages: \(counts[.allowed] ?? 0) allowed, \(denied) denied, \(unknown) unknown")
    }
    // Where only some licences are allowed, one that isn't known is not allowed.
    let isClosed = workspace.licencePolicy.allow != nil
    return denied > 0 || (unknown > 0 && (strict || isClosed)) ? .failed : .done
  }

  private func tell(_ findings: [LicenceFinding], _ context: CommandContext) {
    var table = Table(
      .init("package"), .init("version"), .init("licence"), .init("finding"), .init("bundles", .right),
      .init("for one"), .init("stated as"))
    for finding in findings {
      let (package, licence) = (finding.package, finding.licence?.description)
      let isSame = licence == package.licence
      table.append([
        package.name.description, package.version, licence ?? "",
        finding.verdict == .allowed ? "" : finding.verdict.rawValue,
        String(package.bundleCount), package.cell.description,
        isSame ? "" : (package.licence ?? "nothing").truncated(toWidth: 50),
      ])
    }
    if !table.isEmpty { context.print(table.rendered()) }
  }
}

/// The licences for machines; docs/audit.md describes it.
struct LicenceReport: Encodable {
  struct Package: Encodable {
    let package: PackageName
    let version: String
    let licence: String?
    let source: LicenceFinding.Source?
    let stated: String?
    let verdict: LicenceFinding.Verdict
    let bundles: Int
    let cell: CellID
  }

  let schemaVersion = 1
  let packages: [Package]

  init(_ findings: [LicenceFinding]) {
    packages = findings.map { finding in
      let package = finding.package
      return Package(
        package: package.name, version: package.version, licence: finding.licence?.description,
        source: finding.source, stated: package.licence, verdict: finding.verdict,
        bundles: package.bundleCount, cell: package.cell)
    }
  }
}
