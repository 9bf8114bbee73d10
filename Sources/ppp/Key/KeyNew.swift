import ArgumentParser
import Model
import SystemPackage
import Trust

/// Makes a key.
struct KeyNew: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a key to sign with.",
    discussion: """
      The secret key is protected by the password in PPP_KEY_PASSWORD, or by one that is asked for. It is written \
      for its owner alone to read, and never over another.
      """)

  @Argument(help: "Its name.")
  var name = "ppp"

  @Flag(help: "Protect the secret key by nothing but its file's permissions.")
  var noPassword = false

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let ring = context.keyRing
    try ring.checkNew(name)
    let password = noPassword ? nil : try await context.newKeyPassword(for: name)
    let made = try await ring.make(name, password: password)
    let key = made.key.publicKey
    switch format {
    case .json:
      let facts = KeyFacts(
        name: name, key: key, secretFile: made.secretFile.string, publicFile: made.publicFile.string,
        isTrusted: false, isExposed: false)
      context.print(try json(facts))
    case .text:
      context.print(
        """
        key     \(name) \(key.id)
        secret  \(made.secretFile)
        public  \(made.publicFile)
        \(key.line)
        """)
      context.tell(
        "next: ppp publish DESTINATION --sign \(name); those who pull: ppp key trust \(key.line) --name \(name)"
      )
    }
    return .done
  }
}
