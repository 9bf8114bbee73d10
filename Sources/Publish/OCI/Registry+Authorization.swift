import Artifacts
import FoundationEssentials
import Model

/// Meeting a registry's challenge.
extension Registry {
  /// What is sent from now on to who challenges with this header.
  func answer(to header: String) async throws -> HTTPRequest.Authorization {
    switch RegistryChallenge(parsing: header) {
    case nil where header.isEmpty: throw unauthorized
    case nil: throw RegistryError.unknownChallenge(repository: repository.description, header)
    case .basic:
      guard case .basic(let credential) = try await identity() else { throw unauthorized }
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
    let request = tokenRequest(to: url, service: service, for: try await identity())
    let response = try await fetcher.send(request)
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

  private func tokenRequest(
    to url: WebURL, service: String?, for login: RegistryLogin
  ) -> HTTPRequest {
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
