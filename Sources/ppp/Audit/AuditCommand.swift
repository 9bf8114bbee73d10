import ArgumentParser

/// The commands that look for what is out of date or out of line.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Look for rules that are no longer needed.",
    subcommands: [AuditRules.self])
}
