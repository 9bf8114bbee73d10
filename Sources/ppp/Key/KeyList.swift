import ArgumentParser
import Model
import SystemPackage
import Terminal
import Trust

/// Lists keys.
struct KeyList: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your keys, and those that are trusted.")

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let keys = try facts(context.keyRing)
    for key in keys where key.isExposed == true {
      let file = key.secretFile ?? key.name
      context.report(
        Diagnostic(
          .warning, "others on this machine can read the secret key '\(file)'",
          hint: "chmod 600 '\(file)'"))
    }
    switch format {
    case .json: context.print(try json(keys))
    case .text:
      var table = Table(.init("key"), .init("id"), .init("whose"), .init("trusted"), .init("public key"))
      for key in keys {
        table.append([
          key.name, key.id ?? "lost", key.secretFile == nil ? "" : "yours", key.isTrusted ? "yes" : "",
          key.publicKey ?? "",
        ])
      }
      context.print(
        table.isEmpty
          ? "there are no keys; 'ppp key new' makes one, 'ppp key trust' takes somebody's" : table.rendered())
    }
    return .done
  }

  /// Own keys, then those of others.
  private func facts(_ ring: KeyRing) throws -> [KeyFacts] {
    let (own, trusted) = (try ring.own(), try ring.trusted())
    let mine = own.map { key in
      KeyFacts(
        name: key.name, key: key.publicKey, secretFile: ring.secretFile(key.name).string,
        publicFile: key.publicKey.map { _ in ring.publicFile(key.name).string },
        isTrusted: trusted.contains { $0.publicKey == key.publicKey }, isExposed: key.isExposed)
    }
    let others = trusted.filter { key in !own.contains { $0.publicKey == key.publicKey } }
    return mine
      + others.map {
        KeyFacts(
          name: $0.name, key: $0.publicKey, publicFile: ring.trustedFile($0.name).string, isTrusted: true)
      }
  }
}
