import ArgumentParser
import ConfigMerge
import Model
import Modules
import SystemPackage

/// Makes a new module source.
struct NewModule: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "module",
    abstract: "Make a new module source, modules/<name>, with a test that passes.",
    discussion: "It is made in the workspace, or where there is none in the current directory.")

  @OptionGroup var place: ModulePlaceOptions

  @Argument(help: "Its name: lower-case letters, digits, and '-' between.")
  var name: String

  @OptionGroup var output: ScaffoldOptions

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let name = try ModuleName(parsing: self.name)
    let workspace = try place.workspace(in: context)
    let root = workspace ?? context.directory
    let scaffold = try Scaffold.module(name, in: root)
    try await output.make(scaffold, in: root, context)
    let source = workspace == nil ? " --from modules" : ""
    output.tell("next: ppp modules show \(name)\(source)", context)
    output.tell("      ppp add module \(name)\(source) --into DIRECTORY", context)
    return .done
  }
}
