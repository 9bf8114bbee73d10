package import Artifacts
import FoundationEssentials
import Model
import Synchronization

/// A repository of a registry, spoken to with whatever authorisation it asks for.
///
/// Nothing is sent to begin with. When the registry answers 401, its challenge is met with the user name and password that
/// are for it, or for a token that everybody gets, and the request is made again, once. Passwords and tokens go to the
/// registry's own address and, for a token, to the place that it names; never to where an upload or a download is
/// redirected.
package final class Registry: Sendable {
  package enum Access: String, Sendable {
    case pull
    case push = "pull,push"
  }

  package let repository: RegistryRepository
  let fetcher: Fetcher
  private let login: RegistryLogin
  /// What the environment or the netrc file has.
  private let otherwise: RegistryLogin
  let access: Access
  /// Other repositories of the registry, whose blobs may be used.
  let siblings: [String]
  private let authorization = Mutex<(value: HTTPRequest.Authorization, number: Int)>((.none, 0))
  private let tokens = SingleFlight<Int, Int>()
  /// Who asks, once a program was asked for it.
  private let known = Mutex<RegistryLogin?>(nil)

  /// What is sent with one request, in bytes; larger blobs are sent in several.
  let pieceSize: Int64

  /// How long a manifest may be, as the specification has it.
  static let manifestLimit = 4 << 20

  /// `login` is nil for what the environment or the netrc file has for the host.
  package init(
    _ repository: RegistryRepository, access: Access, login: RegistryLogin?, siblings: [String] = [],
    fetcher: Fetcher, pieceSize: Int64 = 32 << 20
  ) {
    self.repository = repository
    self.access = access
    self.siblings = siblings
    self.fetcher = fetcher
    self.pieceSize = pieceSize
    let host = repository.authority.prefix { $0 != ":" }
    otherwise = fetcher.settings.credentials.credential(forHost: String(host)).map { .basic($0) } ?? .none
    self.login = login ?? otherwise
  }

  /// The registry of a destination, `url` being its address, with what it says in its query.
  ///
  /// A user name and a password in the URL count before what `logins` has.
  ///
  /// - Throws: `PublishError.badDestination`, `RegistryError.badRepository`.
  package convenience init(
    at url: WebURL, name: String, access: Access, logins: RegistryLogins, fetcher: Fetcher
  ) throws {
    let options = try RegistryOptions(query: url.query, destination: "oci://\(url.authority)/\(name)")
    let repository = try RegistryRepository(
      authority: url.authority, name: name, isPlain: url.scheme == "http")
    let own = url.userInfo.map { RegistryLogin.basic(Credential(userInfo: $0)) }
    self.init(
      repository, access: access, login: own ?? logins.login(for: repository), siblings: options.siblings,
      fetcher: fetcher)
  }

  /// A request to the repository, answered whatever the status, but for a 401.
  ///
  /// `path` is what follows `/v2/<name>`, or a whole URL; another server than the registry gets no credentials.
  func send(
    _ method: HTTPRequest.Method, _ path: String, headers: [(name: String, value: String)] = [],
    body: HTTPRequest.Body = .none, isRepeatable: Bool? = nil, limit: Int = 1 << 20
  ) async throws -> HTTPResponse {
    let url = path.hasPrefix("/") ? repository.address + path : path
    var request = HTTPRequest(
      method, url, headers: headers, body: body, authorization: .none, answerLimit: limit)
    request.isRepeatable = isRepeatable ?? request.isRepeatable
    guard isOwn(url) else { return try await fetcher.send(request) }
    return try await authorized(request) { try await self.fetcher.send($0) }
  }

  /// Performs a request, meeting the registry's challenge where it makes one.
  func authorized(
    _ request: HTTPRequest, _ perform: (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    var request = request
    for attempt in 0..<2 {
      let (value, number) = authorization.withLock { $0 }
      request.authorization = value
      let response = try await perform(request)
      guard response.status == 401, isOwn(response.url) else { return response }
      guard attempt == 0 else { break }
      let header = response.headers["www-authenticate"] ?? ""
      // Who asks at the same time gets the same token.
      _ = try await tokens.run(number) {
        guard self.authorization.withLock({ $0.number }) == number else { return number }
        let answer = try await self.answer(to: header)
        self.authorization.withLock { $0 = (answer, number + 1) }
        return number + 1
      }
    }
    throw unauthorized
  }

  private func isOwn(_ url: String) -> Bool {
    guard let own = WebURL(parsing: repository.address), let other = WebURL(parsing: url) else {
      return false
    }
    return own.hasSameOrigin(as: other)
  }

  /// Who asks; a program that keeps passwords is asked each time, as those it gives may be short-lived.
  func identity() async throws -> RegistryLogin {
    guard case .helper(let helper) = login else { return login }
    let found = try await helper.login(for: repository) ?? otherwise
    known.withLock { $0 = found }
    return found
  }

  var unauthorized: RegistryError {
    let isKnown =
      switch known.withLock({ $0 }) ?? login {
      case .none, .helper: false
      case .basic, .identityToken: true
      }
    return .unauthorized(repository: repository.description, wasAsked: isKnown)
  }
}

/// What a registry says of a refusal.
extension HTTPResponse {
  private struct Refusal: Decodable {
    struct Reason: Decodable {
      let code: String?
      let message: String?
    }
    let errors: [Reason]
  }

  private var refusals: [Refusal.Reason] {
    // A refusal that isn't in the specification's form has no reason to show.
    (try? JSONDecoder().decode(Refusal.self, from: Data(body)))?.errors ?? []
  }

  /// The code and message of the first reason.
  var refusalReason: String? {
    refusals.first.map { [$0.code, $0.message].compactMap(\.self).joined(separator: ": ") }
  }

  func hasRefusal(_ codes: Set<String>) -> Bool { refusals.contains { $0.code.map(codes.contains) ?? false } }
}
