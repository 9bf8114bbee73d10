import ArgumentParser
import Layers
import Model
import SystemPackage

/// Makes a bundle of an older one and patches.
struct ApplyCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Make the new bundle of an old one and a patch, byte for byte.",
    discussion:
      "Several patches are applied in the order of their numbers, each to what the one before it gives.")

  @Argument(help: "The bundle that is there.", completion: .file())
  var old: String

  @Argument(help: "The patches.", completion: .file())
  var patches: [String]

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The bundle to write.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if patches.isEmpty { throw ValidationError("name at least one patch") }
  }

  private struct Facts: Encodable {
    let schemaVersion = 1
    let file: String
    let digest: Digest
    let size: Int64
  }

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let (old, output, paths) = (context.path(old), context.path(output), patches.map { context.path($0) })
    let bundle = try await blocking { cancellation in
      let patches = try paths.map { try PatchFile($0) }.sorted { $0.table.sequence < $1.table.sequence }
      return try apply(patches, to: old, at: output, cancellation)
    }
    let facts = Facts(file: bundle.path.string, digest: bundle.digest, size: bundle.size)
    context.print(
      format == .json
        ? try json(facts) : "\(facts.file): \(ByteCount(facts.size)), \(facts.digest)")
    return .done
  }
}

/// Applies patches one after the other; what lies between the first and the last bundle is not left behind.
private func apply(
  _ patches: [PatchFile], to old: FilePath, at output: FilePath, _ cancellation: Cancellation
) throws -> BundleFile {
  var base = old
  var between: [FilePath] = []
  defer {
    // What can't be removed has told so already, when it was written.
    for path in between { try? removeTree(path) }
  }
  for (number, patch) in patches.dropLast().enumerated() {
    let name = ".\(output.lastComponent?.string ?? "bundle").\(number)"
    let step = output.removingLastComponent().appending(name)
    between.append(step)
    base = try applyPatch(patch, to: base, at: step, cancellation: cancellation).path
  }
  return try applyPatch(patches[patches.count - 1], to: base, at: output, cancellation: cancellation)
}
