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
  private let access: Access
  /// Other repositories of the registry, whose blobs may be used.
  let siblings: [String]
  private let authorization = Mutex<(value: HTTPRequest.Authorization, number: Int)>((.none, 0))
  private let tokens = SingleFlight<Int, Int>()

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
    self.login =
      login ?? fetcher.settings.credentials.credential(forHost: String(host)).map { .basic($0) } ?? .none
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

  private var unauthorized: RegistryError {
    switch login {
    case .none: .unauthorized(repository: repository.description, wasAsked: false, helper: nil)
    case .helper(let name):
      .unauthorized(repository: repository.description, wasAsked: false, helper: name)
    case .basic, .identityToken:
      .unauthorized(repository: repository.description, wasAsked: true, helper: nil)
    }
  }
}

extension Registry {
  /// What is sent from now on to who challenges with this header.
  private func answer(to header: String) async throws -> HTTPRequest.Authorization {
    switch RegistryChallenge(parsing: header) {
    case nil where header.isEmpty: throw unauthorized
    case nil: throw RegistryError.unknownChallenge(repository: repository.description, header)
    case .basic:
      guard case .basic(let credential) = login else { throw unauthorized }
      return .basic(credential)
    case .bearer(let realm, let service, _):
      return .bearer(try await token(from: realm, service: service))
    }
  }

  /// The scopes of all that is done with the repository, whatever was asked for first.
  private var scopes: [String] {
    ["repository:\(repository.name):\(access.rawValue)"]
      + (access == .push ? siblings.map { "repository:\($0):pull" } : [])
  }

  private func token(from realm: String, service: String?) async throws -> BearerToken {
    func fail(_ reason: String) -> RegistryError {
      .noToken(repository: repository.description, realm: redacting(realm), reason: reason)
    }
    guard var url = WebURL(parsing: realm), ["https", "http"].contains(url.scheme) else {
      throw fail("it is no address")
    }
    guard url.scheme == "https" || repository.scheme == "http" else {
      throw fail("it would send the password unencrypted")
    }
    url.userInfo = nil
    url.fragment = nil
    let response = try await fetcher.send(tokenRequest(to: url, service: service))
    if response.status == 401 || response.status == 403 { throw unauthorized }
    guard response.isSuccess else { throw fail("it answered \(response.status)") }
    struct Answer: Decodable {
      let token: String?
      let accessToken: String?

      enum CodingKeys: String, CodingKey {
        case token
        case accessToken = "access_token"
      }
    }
    // Anything else than an object with a token is no token.
    let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
    guard let token = answer?.token ?? answer?.accessToken, !token.isEmpty,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw fail("its answer has none") }
    return BearerToken(token)
  }

  private func tokenRequest(to url: WebURL, service: String?) -> HTTPRequest {
    var fields = scopes.map { ("scope", $0) }
    if let service { fields.insert(("service", service), at: 0) }
    var url = url
    var authorization = HTTPRequest.Authorization.none
    switch login {
    case .identityToken(let token):
      // Registries take several scopes as one here.
      var form = [
        ("grant_type", "refresh_token"), ("client_id", "ppp"), ("scope", scopes.joined(separator: " ")),
      ]
      if let service { form.append(("service", service)) }
      return HTTPRequest(
        .post, url.description, headers: [("Content-Type", "application/x-www-form-urlencoded")],
        body: .bytes(Array(Self.query(form + [("refresh_token", token.text)]).utf8)), authorization: .none,
        answerLimit: 1 << 20)
    case .basic(let credential): authorization = .basic(credential)
    case .none, .helper: break
    }
    url.query = (url.query.map { $0 + "&" } ?? "") + Self.query(fields)
    return HTTPRequest(.get, url.description, authorization: authorization, answerLimit: 1 << 20)
  }

  private static func query(_ fields: [(String, String)]) -> String {
    fields.map { "\($0.0)=\(encodingPercent($0.1, keepingSlashes: false))" }.joined(separator: "&")
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
