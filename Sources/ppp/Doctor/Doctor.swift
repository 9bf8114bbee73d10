import ArgumentParser
import Model
import Terminal

/// Says whether ppp can work here.
struct Doctor: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what is installed, reachable and writable, and what to do about what is not.")

  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var network: NetworkOptions

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let findings = await Examination(context: context, place: place, offline: network.offline).findings()
    switch format {
    case .json: context.print(try json(findings))
    case .text:
      var table = Table(.init(""), .init("what"), .init("found"), .init("hint"))
      for finding in findings {
        table.append([finding.state.rawValue, finding.name, finding.detail, finding.hint ?? ""])
      }
      context.print(table.rendered())
    }
    return findings.contains { $0.state == .bad } ? .failed : .done
  }
}

/// One thing that the doctor looked at.
struct Finding: Encodable, Sendable {
  enum State: String, Encodable {
    case good = "ok"
    /// Something that only some workspaces need.
    case optional = "--"
    case bad = "no"
  }

  let name: String
  let state: State
  let detail: String
  let hint: String?

  init(_ name: String, _ state: State, _ detail: String, hint: String? = nil) {
    self.name = name
    self.state = state
    self.detail = detail
    self.hint = state == .good ? nil : hint
  }
}
