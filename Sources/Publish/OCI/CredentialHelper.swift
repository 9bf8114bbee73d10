import Artifacts
import FoundationEssentials
import Model

/// A program that keeps passwords of registries, `docker-credential-NAME`: what docker and podman ask too.
///
/// It is given the registry on its standard input, and answers with JSON.
/// Protocol: https://github.com/docker/docker-credential-helpers#development
package struct CredentialHelper: Sendable {
  /// How a program ended, and what it wrote to standard output.
  package struct Answer: Sendable {
    package let succeeded: Bool
    package let output: [UInt8]

    package init(succeeded: Bool, output: [UInt8]) {
      self.succeeded = succeeded
      self.output = output
    }
  }

  /// Runs the program of this name with the argument `get` and this input; nil where there is none.
  package typealias Asking = @Sendable (_ program: String, _ input: [UInt8]) async throws -> Answer?

  let program: String
  private let ask: Asking

  init(_ name: String, ask: @escaping Asking) {
    program = "docker-credential-\(name)"
    self.ask = ask
  }

  /// What a program that has nothing writes, and fails with.
  private static let notFound = "credentials not found in native keychain"

  /// The user name by which a program says that its secret is a refresh token.
  private static let tokenName = "<token>"

  /// Docker Hub's passwords are kept under its first address.
  private static func server(of repository: RegistryRepository) -> String {
    repository.loginName == "docker.io" ? "https://index.docker.io/v1/" : repository.loginName
  }

  /// What the program has for the repository's registry; nil for nothing.
  ///
  /// - Throws: `RegistryError.helperFailed`, which shows nothing of an answer that may hold a password.
  func login(for repository: RegistryRepository) async throws -> RegistryLogin? {
    func failed(_ reason: String) -> RegistryError {
      .helperFailed(program: program, repository: repository.description, reason: reason)
    }
    guard program.utf8.allSatisfy({ Self.allowed.contains($0) }) else { throw failed("that is no name") }
    guard let answer = try await ask(program, Array(Self.server(of: repository).utf8)) else {
      throw failed("it is not on PATH")
    }
    guard answer.succeeded else {
      let text = String(decoding: answer.output, as: UTF8.self)
      let words = text.trimmingPrefix { $0.isWhitespace }
      if words.hasPrefix(Self.notFound) { return nil }
      throw failed(words.isEmpty ? "it failed" : String(words))
    }
    // Anything else than an object with both is no answer; what it is stays unsaid, as it may be the password.
    guard let found = try? JSONDecoder().decode(Found.self, from: Data(answer.output)) else {
      throw failed("its answer is not the JSON that it should be")
    }
    guard !found.secret.isEmpty else { return nil }
    return found.user == Self.tokenName
      ? .identityToken(BearerToken(found.secret))
      : .basic(Credential(user: found.user, password: found.secret))
  }

  private static let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)

  private struct Found: Decodable {
    let user: String
    let secret: String

    enum CodingKeys: String, CodingKey {
      case user = "Username"
      case secret = "Secret"
    }
  }
}
