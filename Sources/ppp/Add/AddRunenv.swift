import ArgumentParser
import ConfigMerge
import Model
import SystemPackage
import Terminal

/// Makes a new runenv.
struct AddRunenv: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "runenv",
    abstract: "Make a new runenv, from nothing or from another one.",
    discussion: "ppp add runenv 3.13.5-web --from python-3.13.5-minimal --platform linux-x64")

  @OptionGroup var place: WorkspaceOptions

  @Argument(
    help: ArgumentHelp("The Python version, and a variant: 3.13.5, 3.13.5-web.", valueName: "version"))
  var name: String

  @Option(
    help: ArgumentHelp(
      "Copy this runenv's configuration and the files that it names.", valueName: "runenv"))
  var from: String?

  @Option(help: "Only this platform; may be repeated. By default all, or those of the runenv that is copied.")
  var platform: [Platform] = []

  @OptionGroup var output: ScaffoldOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let root = try place.root(in: context)
    let scaffold = try Scaffold.runenv(name, in: root, copying: from, platforms: platform)
    try await output.make(scaffold, in: root, context)
    let id = scaffold.directory.lastComponent?.string ?? name
    output.tell("next: ppp plan '\(id)@*'", context)
    return .done
  }
}
