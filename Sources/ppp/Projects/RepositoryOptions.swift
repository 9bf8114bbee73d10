import ArgumentParser
import Projects
import SystemPackage

/// Which repository's modules a command works on.
struct RepositoryOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "The repository: a directory with modules/.",
      discussion: "By default the nearest one upwards.",
      valueName: "directory"),
    completion: .directory)
  var repository: String?

  /// - Throws: `ProjectsError`, and what reading throws.
  func open(in context: CommandContext) throws -> ProjectRepository {
    guard let repository else { return try ProjectRepository.find(from: context.directory) }
    return try ProjectRepository(at: context.directory.pushing(FilePath(repository)).lexicallyNormalized())
  }
}
