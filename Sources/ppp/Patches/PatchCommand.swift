import ArgumentParser
import Layers
import Model
import SystemPackage

/// Writes what sets one bundle apart from another.
struct PatchCommand: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "patch",
    abstract: "Make a patch that turns one bundle into another, for people without a server.",
    discussion: """
      Both are .tar.zst bundles. The patch holds the layers that OLD lacks and, of layers that replace one of OLD's, \
      what changed in their files.
      """)

  @Argument(help: "The bundle that people have.", completion: .file())
  var old: String

  @Argument(help: "The bundle that they are to get.", completion: .file())
  var new: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The patch to write.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: ArgumentHelp("The patch's number among those that follow each other.", valueName: "number"))
  var sequence = 1

  @Option(help: ArgumentHelp("How hard to compress, 1 to 22.", valueName: "level"))
  var level = 9

  @Flag(help: "Whole layers only, so that it can be applied with any version of libzstd.")
  var portable = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if !(1...22).contains(level) { throw ValidationError("--level takes 1 to 22") }
    if sequence < 0 { throw ValidationError("--sequence takes a number that is not negative") }
  }

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let settings = PatchSettings(sequence: sequence, level: level, isPortable: portable)
    let (old, new, output) = (context.path(old), context.path(new), context.path(output))
    let patch = try await blocking { cancellation in
      try writePatch(from: old, to: new, at: output, settings, cancellation: cancellation)
    }
    let facts = PatchFacts(patch)
    context.print(format == .json ? try json(facts) : facts.text)
    return .done
  }
}

/// A patch, for people and for machines.
struct PatchFacts: Encodable {
  let schemaVersion = 1
  let file: String
  let size: Int64
  let sequence: Int
  let base: PatchTable.Bundle
  let target: PatchTable.Bundle

  init(_ patch: PatchFile) {
    file = patch.path.string
    size = patch.size
    sequence = patch.table.sequence
    base = patch.table.base
    target = patch.table.target
  }

  var text: String {
    let share = Double(size) / Double(max(1, target.size)) * 100
    let tenths = Int64((share * 10).rounded())
    return """
      \(file): patch \(sequence), \(ByteCount(size)), \(tenths / 10).\(tenths % 10) % of the bundle
        from \(base.digest)
        to   \(target.digest)
      """
  }
}

extension CommandContext {
  /// A path that a person wrote, which counts from the working directory.
  func path(_ text: String) -> FilePath { directory.pushing(FilePath(text)).lexicallyNormalized() }
}
