import ArgumentParser

/// The commands about keys.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make keys to sign a catalogue with, and say whose catalogues are trusted.",
    discussion: """
      Keys lie in PPP_KEYS_DIR, else in ppp/keys in XDG_CONFIG_HOME or ~/.config. They and the signatures are \
      minisign's files: 'minisign -Vm index.json -p NAME.pub' checks a catalogue without ppp.
      """,
    subcommands: [KeyNew.self, KeyList.self, KeyTrust.self])
}
