import ArgumentParser
import Builder
import ConfigMerge
import Model
import Terminal

/// Says which packages differ between the platforms of a runenv.
struct AuditVersions: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions",
    abstract: "Say which packages have different versions on the platforms of a runenv, and why.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var network: NetworkOptions

  @Flag(help: "Exit with 1 when a package differs.")
  var strict = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let workspace = try await place.workspace(in: context)
    for warning in context.warnings(about: workspace) { context.report(warning) }
    let bench = Workbench(workspace, in: context, offline: network.offline) { event in
      if case .diagnosed(let diagnostic) = event { context.report(diagnostic) }
    }
    let audit = VersionAudit(workspace: workspace, fetcher: bench.fetcher)
    let findings = try await audit.run()
    switch format {
    case .json: context.print(try json(VersionReport(findings, unlocked: audit.unlocked)))
    case .text:
      var table = Table(
        .init("runenv"), .init("package"), .init("version"), .init("platform"), .init("why not the highest"),
        .init("place"))
      for finding in findings {
        for version in finding.versions {
          table.append([
            finding.runenv, finding.package.description, version.version, version.platform.description,
            version.explanation ?? "", version.position?.description ?? "",
          ])
        }
      }
      if !table.isEmpty { context.print(table.rendered()) }
      let unlocked = audit.unlocked.isEmpty ? "" : "; \(audit.unlocked.count) cells have no current lock"
      let packages = findings.count == 1 ? "package differs" : "packages differ"
      context.tell("\(findings.count) \(packages) between the platforms of a runenv\(unlocked)")
    }
    return strict && !findings.isEmpty ? .failed : .done
  }
}

/// The differing versions for machines; docs/audit.md describes it.
struct VersionReport: Encodable {
  struct Package: Encodable {
    let runenv: String
    let package: PackageName
    let versions: [Version]
  }

  struct Version: Encodable {
    let platform: Platform
    let version: String
    let explanation: String?
    let position: SourcePosition?
  }

  let schemaVersion = 1
  let packages: [Package]
  let unlocked: [CellID]

  init(_ findings: [VersionFinding], unlocked: [CellID]) {
    self.unlocked = unlocked
    packages = findings.map { finding in
      Package(
        runenv: finding.runenv, package: finding.package,
        versions: finding.versions.map {
          Version(
            platform: $0.platform, version: $0.version, explanation: $0.explanation, position: $0.position)
        })
    }
  }
}
