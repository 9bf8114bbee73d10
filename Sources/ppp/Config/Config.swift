import ArgumentParser

/// The commands around configuration files.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show, describe and check the configuration.",
    subcommands: [ConfigShow.self, ConfigSchema.self, ConfigCheck.self])
}
