import ArgumentParser
import Artifacts
import Model
import SystemPackage
import Terminal

/// Says what the cache holds.
struct CacheInfo: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say where the cache is, what it holds, and its limit.")

  @Flag(help: "List the wheels that were built from source, or brought.")
  var built = false

  @Option(
    help: .init(
      "With --built: copy the wheels there, for 'ppp cache add' elsewhere.", valueName: "directory"),
    completion: .directory)
  var export: String?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func validate() throws {
    if export != nil, !built { throw ValidationError("--export copies what --built lists: give both") }
  }

  func run(_ context: CommandContext) async throws -> ExitStatus {
    if built { return try await runBuilt(context) }
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

  private func runBuilt(_ context: CommandContext) async throws -> ExitStatus {
    let list = try BuiltWheelList(of: CachePaths.standard(environment: context.environment))
    if let export {
      for path in try await list.export(to: context.directory.pushing(FilePath(export))) {
        let message =
          "'\(export)' has another '\(path.lastComponent?.string ?? "")'; this one is '\(path)' there"
        context.report(Diagnostic(.warning, message))
      }
    }
    switch format {
    case .json: context.print(try json(list))
    case .text: context.print(list.text)
    }
    return .done
  }
}
