import ArgumentParser
import Artifacts
import Model
import Terminal

/// Says what the cache holds.
struct CacheInfo: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say where the cache is, what it holds, and its limit.")

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let inventory = try await CacheInventory(of: CachePaths.standard(environment: context.environment))
    switch format {
    case .json: context.print(try json(inventory))
    case .text:
      var table = Table(.init("part"), .init("files", .right), .init("size", .right))
      for part in inventory.parts {
        table.append([part.name, String(part.files), ByteCount(part.bytes).description])
      }
      table.setFooter(["all", "", ByteCount(inventory.bytes).description])
      let limit = try CacheLimit(environment: context.environment)
      context.print("\(inventory.directory)\n\n\(table.rendered())\nlimit of artifacts and layers: \(limit)")
    }
    return .done
  }
}
