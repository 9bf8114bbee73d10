import ArgumentParser
import ConfigMerge
import SystemPackage

/// Which workspace's modules a command is about, where there is one.
struct ModulePlaceOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "The workspace whose modules and sources count: a directory with shared-config.json.",
      discussion: "By default the nearest one upwards, if there is one.",
      valueName: "directory"),
    completion: .directory)
  var workspace: String?

  /// The workspace's root, absolute; nil when none is named and none is here.
  func workspace(in context: CommandContext) throws(CommandError) -> FilePath? {
    guard let workspace else { return Workspace.find(from: context.directory) }
    let root = context.directory.pushing(FilePath(workspace)).lexicallyNormalized()
    guard Workspace.find(from: root) == root else { throw .noWorkspace(in: root) }
    return root
  }
}
