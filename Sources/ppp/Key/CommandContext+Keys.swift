import Model
import Terminal
import Trust

extension CommandContext {
  var keyRing: KeyRing { KeyRing(environment: environment, workingDirectory: directory) }

  /// The key to sign with: the one of this name or in this file, else the only one.
  ///
  /// A protected key's password is PPP_KEY_PASSWORD, or whoever is at the terminal is asked.
  func signingKey(_ name: String?) async throws -> SecretKey {
    try await keyRing.secretKey(name, from: directory) {
      if let password = environment["PPP_KEY_PASSWORD"] { return password }
      return try await prompt?.secret("password of the secret key: ")
    }
  }

  /// The password for a new key; nil where the person at the terminal wants none.
  ///
  /// - Throws: `KeyPasswordError`.
  func newKeyPassword(for name: String) async throws -> String? {
    if let password = given("PPP_KEY_PASSWORD") { return password }
    guard let prompt else { throw KeyPasswordError.nobodyToAsk(name) }
    guard let password = try await prompt.secret("password for the key '\(name)' (none if empty): ") else {
      throw KeyPasswordError.nobodyToAsk(name)
    }
    if password.isEmpty { return nil }
    guard try await prompt.secret("once more: ") == password else { throw KeyPasswordError.different }
    return password
  }

  /// A variable that is set to something.
  private func given(_ variable: String) -> String? {
    environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Why there is no password for a new key.
enum KeyPasswordError: UserFacingError {
  case nobodyToAsk(String)
  case different

  var description: String {
    switch self {
    case .nobodyToAsk(let name): "there is no password for the key '\(name)', and nobody at a terminal to ask"
    case .different: "the two passwords are not the same"
    }
  }

  var hint: String? {
    switch self {
    case .nobodyToAsk: "set PPP_KEY_PASSWORD, or say --no-password"
    case .different: "run the command again"
    }
  }
}
