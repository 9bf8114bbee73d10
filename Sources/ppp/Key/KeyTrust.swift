import ArgumentParser
import Model
import SystemPackage
import Trust

/// Trusts a key.
struct KeyTrust: ContextCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Trust whoever has a key.",
    discussion: """
      As soon as one key is trusted, 'ppp pull' takes nothing that no trusted key signed. To trust a key no more, \
      remove its file, which 'ppp key list --format json' names.
      """)

  @Argument(help: "A public key's file, the key itself (RW…), or the name of a key of yours.")
  var key: String

  @Option(help: "What to call it; else the file's name, or the key's id.")
  var name: String?

  func run(_ context: CommandContext) async throws -> ExitStatus {
    let ring = context.keyRing
    let (key, standardName) = try found(in: ring, from: context.directory)
    let name = name ?? standardName
    if let path = try ring.trust(key, as: name) {
      context.print("trusts \(key.id) as '\(name)': \(path)")
    } else {
      context.print("trusts \(key.id) as '\(name)' already")
    }
    return .done
  }

  /// The key, and what to call it where nobody says so.
  private func found(in ring: KeyRing, from directory: FilePath) throws -> (PublicKey, name: String) {
    if !key.contains("/"), let own = try ring.own().first(where: { $0.name == key })?.publicKey {
      return (own, key)
    }
    let path = directory.pushing(FilePath(key))
    if FileStatus(of: path) == nil, key.hasPrefix("RW"), !key.contains(".") {
      let key = try PublicKey(parsing: Array(key.utf8), name: key)
      return (key, key.id.description)
    }
    return (try PublicKey(at: path), path.stem ?? "key")
  }
}
