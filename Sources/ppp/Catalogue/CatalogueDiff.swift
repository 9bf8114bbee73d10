import ArgumentParser
import Catalogue
import Model
import Terminal

/// Says what sets two bundles apart.
struct CatalogueDiff: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what sets two bundles apart: packages, files, layers.",
    discussion: "Two generations of one cell: ppp catalogue diff CELL:1 CELL:2")

  @OptionGroup var place: WorkspaceOptions

  @Argument(help: "The bundle to start from.")
  var old: BundleReference

  @Argument(help: "The bundle to compare with it.")
  var new: BundleReference

  @Flag(help: "List the files too.")
  var files = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let difference = try await place.catalogue(in: context).difference(from: old, to: new)
    switch format {
    case .json: context.print(try json(difference))
    case .text: context.print(text(of: difference))
    }
    return .done
  }

  private func text(of difference: BundleDifference) -> String {
    guard !difference.isEmpty else { return "the same" }
    var parts: [String] = []
    if let runtime = difference.runtime {
      parts.append("runtime  \(words(runtime.old)) → \(words(runtime.new))\n")
    }
    if !difference.packages.isEmpty {
      var table = Table(.init("package"), .init("old"), .init("new"))
      for change in difference.packages {
        table.append([change.name.description, change.old ?? "", change.new ?? ""])
      }
      parts.append(table.rendered())
    }
    if files {
      var table = Table(.init("file"), .init("old", .right), .init("new", .right))
      for change in difference.files {
        table.append([
          change.path, change.old.map { "\($0.size)" } ?? "", change.new.map { "\($0.size)" } ?? "",
        ])
      }
      parts.append(table.rendered())
    }
    parts.append(summary(of: difference))
    return parts.joined(separator: "\n")
  }

  private func words(_ runtime: RuntimeRecord) -> String { "\(runtime.provider) \(runtime.version)" }

  private func summary(of difference: BundleDifference) -> String {
    let added = difference.addedLayers.reduce(0) { $0 + $1.size }
    return """
      \(difference.sharedLayers.count) layers shared, \(difference.removedLayers.count) gone, \
      \(difference.addedLayers.count) new (\(ByteCount(added))); \(difference.files.count) files differ; \
      size \(ByteCount(difference.sizeDelta).signedDescription), \
      unpacked \(ByteCount(difference.unpackedSizeDelta).signedDescription)

      """
  }
}
