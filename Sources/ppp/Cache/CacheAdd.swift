import ArgumentParser
import Artifacts
import Builder
import Model
import SystemPackage

/// Takes wheels into the cache that were built on another machine.
struct CacheAdd: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Take in wheels that were built from source on another machine.",
    discussion: """
      They serve every cell that wants that package and version from source, and whose platform they fit.
      'ppp cache info --built --export DIRECTORY' on the other machine gives its wheels.
      """)

  @Argument(help: "The wheels.", completion: .file(extensions: ["whl"]))
  var wheels: [String]

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let cache = CachePaths.standard(environment: context.environment)
    let built = BuiltWheels(store: ArtifactStore(cache: cache))
    for wheel in wheels {
      let note = try await built.add(context.directory.pushing(FilePath(wheel)))
      context.print("\(note.fileName) \(note.digest)")
    }
    return .done
  }
}
