import ArgumentParser
import ConfigMerge
import Model
import SystemPackage

/// How something new is made and told of.
struct ScaffoldOptions: ParsableArguments {
  @Flag(help: "Write nothing, and print what would be written.")
  var dryRun = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  /// Makes it, unless this is a dry run, and prints its files, relative to `root` where they are below it.
  func make(_ scaffold: Scaffold, in root: FilePath, _ context: CommandContext) async throws {
    if !dryRun { try await scaffold.write() }
    for warning in scaffold.warnings { context.report(warning) }
    var directory = scaffold.directory
    _ = directory.removePrefix(root)
    let report = ScaffoldReport(
      directory: directory.string, files: scaffold.files.map { directory.appending($0.path).string },
      isDryRun: dryRun)
    switch format {
    case .json: context.print(try json(report))
    case .text: context.print(report.files.map { "new  \($0)" }.joined(separator: "\n"))
    }
  }

  /// Says what to do next, where people read.
  func tell(_ text: String, _ context: CommandContext) {
    if format == .text, !dryRun { context.tell(text) }
  }
}

/// What was made, for machines.
private struct ScaffoldReport: Encodable {
  let directory: String
  let files: [String]
  let isDryRun: Bool
}
