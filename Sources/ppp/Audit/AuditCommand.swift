import ArgumentParser

/// The commands that look for what is out of date or out of line.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Look at rules, licences and versions: what is out of date or out of line.",
    subcommands: [AuditRules.self, AuditLicences.self, AuditVersions.self])
}
