import Artifacts
import FoundationEssentials
import Model
import Synchronization
import TestSupport

@testable import Publish

/// A registry on loopback, as the distribution specification has it, that can be told to behave otherwise.
final class TestRegistry: Sendable {
  struct Content: Sendable {
    var blobs: [String: [UInt8]] = [:]
    /// By digest.
    var manifests: [String: (bytes: [UInt8], type: String)] = [:]
    /// Tag to digest.
    var tags: [String: String] = [:]
    var uploads: [String: [UInt8]] = [:]
    var uploadCount = 0
  }

  enum Login: Sendable {
    case none
    /// User and password in base64.
    case basic(String)
    /// A token for whoever has the password, or for everybody without one.
    case bearer(password: String?)
  }

  struct Behaviour: Sendable {
    var login = Login.none
    /// Blobs that another repository has.
    var elsewhere: [String: [UInt8]] = [:]
    var listsReferrers = false
    var takesPieces = true
    /// Answers instead of the registry.
    var instead: @Sendable (LoopbackServer.Request) -> LoopbackServer.Response? = { _ in nil }
  }

  private final class State: Sendable {
    let content = Mutex(Content())
  }

  private let state = State()
  let server: LoopbackServer

  init(_ behaviour: Behaviour = Behaviour()) throws {
    let state = state
    server = try LoopbackServer { request in
      if let response = behaviour.instead(request) { return response }
      if let refusal = Self.refusal(request, behaviour.login) { return refusal }
      return state.content.withLock { Self.answer(request, &$0, behaviour) }
    }
  }

  var content: Content { state.content.withLock { $0 } }

  func change(_ body: (inout Content) -> Void) { state.content.withLock { body(&$0) } }

  /// The requests that write something.
  var writes: [LoopbackServer.Request] {
    server.requests.filter { ["PUT", "POST", "PATCH"].contains($0.method) && $0.path.hasPrefix("/v2/") }
  }

  func repository(_ name: String = "team/envs") throws -> RegistryRepository {
    try RegistryRepository(authority: "127.0.0.1:\(server.port)", name: name, isPlain: true)
  }

  private static func refusal(_ request: LoopbackServer.Request, _ login: Login) -> LoopbackServer.Response? {
    let given = request.headers["authorization"]
    switch login {
    case .none: return nil
    case .basic(let password):
      return given == "Basic \(password)"
        ? nil : .status(401, headers: ["WWW-Authenticate": "Basic realm=\"here\""])
    case .bearer(let password):
      if request.path.hasPrefix("/token") {
        guard password == nil || given == password.map({ "Basic \($0)" }) else { return .status(401) }
        return .text("{\"token\":\"t0ken\"}")
      }
      let realm = "http://\(request.headers["host"] ?? "")/token"
      return given == "Bearer t0ken"
        ? nil
        : .status(401, headers: ["WWW-Authenticate": "Bearer realm=\"\(realm)\",service=\"s\",scope=\"x\""])
    }
  }
}

extension TestRegistry {
  private static func answer(
    _ request: LoopbackServer.Request, _ content: inout Content, _ behaviour: Behaviour
  ) -> LoopbackServer.Response {
    let parts = request.path.split(separator: "?", maxSplits: 1)
    let fields = Dictionary(
      (parts.dropFirst().first ?? "").split(separator: "&").map {
        let pair = $0.split(separator: "=", maxSplits: 1)
        return (String(pair[0]), String(pair.last ?? "").replacing("%3A", with: ":"))
      }, uniquingKeysWith: { first, _ in first })
    let path = parts[0]
    guard
      let mark = path.firstRange(of: "/blobs/") ?? path.firstRange(of: "/manifests/")
        ?? path.firstRange(of: "/referrers/")
    else { return .status(404) }
    let kind = path[mark].dropFirst().dropLast()
    let name = String(path[mark.upperBound...])
    let base = String(path[..<mark.lowerBound])
    switch kind {
    case "manifests": return manifest(request, name, &content, behaviour)
    case "referrers": return behaviour.listsReferrers ? referrers(name, content) : .status(404)
    default:
      if name.hasPrefix("uploads/") {
        return upload(request, name, fields, base: base, &content, behaviour)
      }
      guard let blob = content.blobs[name] else { return .status(404) }
      return .file(blob, for: request)
    }
  }

  private static func upload(
    _ request: LoopbackServer.Request, _ name: String, _ fields: [String: String], base: String,
    _ content: inout Content, _ behaviour: Behaviour
  ) -> LoopbackServer.Response {
    if request.method == "POST" {
      if let digest = fields["mount"], let blob = behaviour.elsewhere[digest] {
        content.blobs[digest] = blob
        return .status(201)
      }
      content.uploadCount += 1
      content.uploads["uploads/\(content.uploadCount)"] = []
      return .status(202, headers: ["Location": "\(base)/blobs/uploads/\(content.uploadCount)?_state=a%20b"])
    }
    guard let there = content.uploads[name] else { return .status(404) }
    let bytes = there + request.body
    let headers = [
      "Location": "\(base)/blobs/\(name)?_state=\(bytes.count)", "Range": "0-\(max(0, bytes.count - 1))",
    ]
    switch request.method {
    case "GET": return .status(204, headers: headers)
    case "PATCH":
      guard behaviour.takesPieces else { return .status(405) }
      guard request.headers["content-range"]?.hasPrefix("\(there.count)-") == true else {
        return .status(416, headers: headers)
      }
      content.uploads[name] = bytes
      return .status(202, headers: headers)
    default:
      let digest = fields["digest"] ?? ""
      guard Digest.sha256(of: bytes).description == digest else {
        return .init(status: 400, body: Array(#"{"errors":[{"code":"DIGEST_INVALID","message":"no"}]}"#.utf8))
      }
      content.uploads[name] = nil
      content.blobs[digest] = bytes
      return .status(201, headers: ["Docker-Content-Digest": digest])
    }
  }

  private struct Named: Decodable {
    let config: ImageDescriptor?
    let layers: [ImageDescriptor]?
    let manifests: [ImageDescriptor]?
    let subject: ImageDescriptor?
    let artifactType: String?
  }

  private static func manifest(
    _ request: LoopbackServer.Request, _ name: String, _ content: inout Content, _ behaviour: Behaviour
  ) -> LoopbackServer.Response {
    let digest = name.hasPrefix("sha256:") ? name : content.tags[name] ?? ""
    guard request.method == "PUT" else {
      guard let manifest = content.manifests[digest] else { return .status(404) }
      return .bytes(
        manifest.bytes, headers: ["Content-Type": manifest.type, "Docker-Content-Digest": digest])
    }
    guard let named = try? JSONDecoder().decode(Named.self, from: Data(request.body)) else {
      return .status(400)
    }
    let blobs = [named.config].compactMap(\.self) + (named.layers ?? [])
    let isWhole =
      blobs.allSatisfy { content.blobs[$0.digest.description] != nil }
      && (named.manifests ?? []).allSatisfy { content.manifests[$0.digest.description] != nil }
    guard isWhole else {
      return .init(
        status: 404, body: Array(#"{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"gone"}]}"#.utf8))
    }
    let own = Digest.sha256(of: request.body).description
    content.manifests[own] = (request.body, request.headers["content-type"] ?? "")
    if !name.hasPrefix("sha256:") { content.tags[name] = own }
    var headers = ["Docker-Content-Digest": own]
    if behaviour.listsReferrers { headers["OCI-Subject"] = named.subject?.digest.description }
    return .status(201, headers: headers)
  }

  private static func referrers(_ subject: String, _ content: Content) -> LoopbackServer.Response {
    let found: [ImageDescriptor] = content.manifests.compactMap { digest, manifest in
      guard let named = try? JSONDecoder().decode(Named.self, from: Data(manifest.bytes)),
        named.subject?.digest.description == subject, let digest = try? Digest(parsing: digest)
      else { return nil }
      return ImageDescriptor(
        mediaType: manifest.type, digest: digest, size: Int64(manifest.bytes.count),
        artifactType: named.artifactType)
    }
    let bytes = (try? ImageDocument(ImageIndex(found), mediaType: MediaType.index).bytes) ?? []
    return .bytes(bytes, headers: ["Content-Type": MediaType.index])
  }
}

extension PublishScene {
  func registry(
    _ server: TestRegistry, login: RegistryLogin = RegistryLogin.none, siblings: [String] = [],
    pieceSize: Int64 = 32 << 20
  ) throws -> Registry {
    Registry(
      try server.repository(), access: .push, login: login, siblings: siblings, fetcher: fetcher,
      pieceSize: pieceSize)
  }
}
