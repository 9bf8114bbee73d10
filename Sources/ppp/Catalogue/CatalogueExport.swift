import ArgumentParser
import Builder
import Catalogue
import Model
import SystemPackage

/// Hands the catalogue to others, in their form.
struct CatalogueExport: ContextCommand {
  /// Who the catalogue is for.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json
    case platforma
  }

  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the whole catalogue as JSON, or write it for others to use.",
    discussion: """
      json, the default, prints what is in dist/catalogue.json. platforma writes into --output a package.json and a \
      main.sw.json for each runenv, and the package.json of their catalogue, as Platforma's package builder has them; of \
      files that are there only what follows from the catalogue is changed. Then it checks that directories, entry points, \
      roots and the jobs of workflows agree; --check does nothing else.
      """)

  @OptionGroup var place: WorkspaceOptions

  @Option(help: "json or platforma.")
  var format: Format = .json

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where platforma's files go.", valueName: "directory"),
    completion: .directory)
  var output: String?

  @Flag(help: "Write nothing; only check that platforma's files agree.")
  var check = false

  @Option(help: "What the names of new packages begin with.")
  var scope = "@platforma-open/milaboratories"

  @Option(help: "The registry that new packages' archives are uploaded to.")
  var registry = "platforma-open"

  func validate() throws {
    switch format {
    case .json where output != nil || check:
      throw ValidationError("--output and --check go with --format platforma")
    case .platforma where output == nil: throw ValidationError("--format platforma needs --output DIRECTORY")
    default: break
    }
  }

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let catalogue = try place.catalogue(in: context)
    guard format == .platforma, let output else {
      context.print(String(decoding: try await catalogue.export(), as: UTF8.self))
      return .done
    }
    let directory = context.directory.pushing(FilePath(output)).lexicallyNormalized()
    let runenvs = PlatformaExport.runenvs(of: try await catalogue.summaries())
    if !check {
      let names = PlatformaNames(scope: scope, registry: registry)
      let export = try PlatformaExport(runenvs, names: names, in: directory)
      try export.write()
      for file in export.files { context.print("\(file.change.rawValue)  \(file.path)") }
    }
    let findings = try PlatformaCheck(of: directory, recorded: runenvs)
    for diagnostic in findings.remarks + findings.problems {
      let position = diagnostic.position.map {
        SourcePosition(
          file: FilePath(output).pushing(FilePath($0.file)).string, line: $0.line, column: $0.column)
      }
      context.report(
        Diagnostic(diagnostic.severity, diagnostic.message, at: position, hint: diagnostic.hint))
    }
    let count = findings.problems.count
    context.tell(
      count == 0
        ? "directories, entry points, roots and jobs agree"
        : count == 1 ? "1 place doesn't agree" : "\(count) places don't agree")
    return findings.problems.isEmpty ? .done : .failed
  }
}
