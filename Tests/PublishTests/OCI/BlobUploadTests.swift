import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Publish

@Suite("Blobs on their way to a registry")
struct BlobUploadTests {
  private let bytes = sampleBytes(100_000)
  private var blob: ObjectReference { ObjectReference(of: bytes) }

  private func put(
    _ server: TestRegistry, siblings: [String] = [], pieceSize: Int64 = 32 << 20
  ) async throws -> BlobArrival {
    try await withPublishScene { scene in
      let file = scene.directory.appending("file")
      try writeAtomically([9, 9, 9] + bytes + [9], to: file)
      let registry = try scene.registry(server, siblings: siblings, pieceSize: pieceSize)
      return try await registry.put(blob, from: .file(file, offset: 3))
    }
  }

  @Test("what is there is not sent again")
  func there() async throws {
    let server = try TestRegistry()
    server.change { $0.blobs[blob.digest.description] = bytes }
    let arrival = try await put(server)
    #expect(arrival == .wasThere)
    #expect(server.writes.isEmpty)
  }

  @Test("what another repository has is not sent either")
  func mounted() async throws {
    let server = try TestRegistry(.init(elsewhere: [blob.digest.description: bytes]))
    let arrival = try await put(server, siblings: ["team/base"])
    #expect(arrival == .mounted)
    #expect(server.writes.map(\.path).first?.hasSuffix("&from=team%2Fbase") == true)
    #expect(server.writes.allSatisfy { $0.body.isEmpty })
  }

  @Test("a small blob is sent at once, a large one in pieces", arguments: [32 << 20, 40_000])
  func sent(pieceSize: Int64) async throws {
    let server = try TestRegistry()
    let arrival = try await put(server, pieceSize: pieceSize)
    #expect(arrival == .sent)
    #expect(server.content.blobs[blob.digest.description] == bytes)
    #expect(server.writes.count { $0.method == "PATCH" } == (pieceSize > 100_000 ? 0 : 3))
  }

  @Test("a registry that takes no pieces gets the whole")
  func wholeOnly() async throws {
    let server = try TestRegistry(.init(takesPieces: false))
    let arrival = try await put(server, pieceSize: 40_000)
    #expect(arrival == .sent)
    #expect(server.content.blobs[blob.digest.description] == bytes)
  }

  @Test(
    "a piece that is lost, or refused for now, is sent again, and no other",
    arguments: [
      LoopbackServer.Response(status: 202, body: [1], delivery: .reset(after: 0)),
      .status(429, headers: ["Retry-After": "1"]),
      .status(503),
    ])
  func resumes(failure: LoopbackServer.Response) async throws {
    let server = try TestRegistry(
      .init(instead: { request in
        request.method == "PATCH" && request.headers["content-range"]?.hasPrefix("40000-") == true
          && request.number == 0 ? failure : nil
      }))
    let arrival = try await put(server, pieceSize: 40_000)
    #expect(arrival == .sent)
    #expect(server.content.blobs[blob.digest.description] == bytes)
    #expect(server.content.uploadCount == 1)
  }

  @Test("an upload that the registry has forgotten is begun anew")
  func forgotten() async throws {
    let server = try TestRegistry(
      .init(instead: { request in
        request.method == "PATCH" && request.path.contains("uploads/1?")
          && request.headers["content-range"]?.hasPrefix("80000-") == true
          ? .status(404) : nil
      }))
    let arrival = try await put(server, pieceSize: 40_000)
    #expect(arrival == .sent)
    #expect(server.content.uploadCount == 2)
  }

  @Test("a registry that takes nothing is given up")
  func stuck() async throws {
    let server = try TestRegistry(.init(instead: { $0.method == "PATCH" ? .status(503) : nil }))
    await #expect(throws: RegistryError.self) { _ = try await put(server, pieceSize: 40_000) }
    let other = try TestRegistry(.init(instead: { $0.method == "PUT" ? .status(500) : nil }))
    await #expect(throws: RegistryError.self) { _ = try await put(other) }
  }

  @Test("bytes that are others by now are not published")
  func changed() async throws {
    let server = try TestRegistry()
    try await withPublishScene { scene in
      let registry = try scene.registry(server)
      await #expect(throws: PublishError.changedBytes(blob.name)) {
        _ = try await registry.put(blob, from: .bytes([UInt8](repeating: 0, count: 100_000)))
      }
      #expect(server.content.blobs.isEmpty)
    }
  }

  @Test("a place on another server gets the blob, but no token")
  func otherHost() async throws {
    let other = try TestRegistry()
    let port = other.server.port
    other.change { $0.uploads["uploads/7"] = [] }
    let server = try TestRegistry(
      .init(
        login: .bearer(password: nil),
        instead: { request in
          request.method == "POST" && request.headers["authorization"] != nil
            ? .status(202, headers: ["Location": "http://user:pass@127.0.0.1:\(port)/v2/x/blobs/uploads/7"])
            : nil
        }))
    let arrival = try await put(server)
    #expect(arrival == .sent)
    #expect(other.content.blobs[blob.digest.description] == bytes)
    #expect(other.server.requests.allSatisfy { $0.headers["authorization"] == nil })
  }

  @Test(
    "places that are none are refused", arguments: ["", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://"])
  func badPlaces(location: String) async throws {
    let server = try TestRegistry(
      .init(instead: {
        $0.method == "POST" ? .status(202, headers: location.isEmpty ? [:] : ["Location": location]) : nil
      }))
    await #expect(throws: RegistryError.self) { _ = try await put(server) }
  }

  @Test("a registry that says it has kept something else is not believed")
  func lies() async throws {
    let server = try TestRegistry(
      .init(instead: {
        $0.method == "PUT"
          ? .status(201, headers: ["Docker-Content-Digest": "sha256:\(Digest.sha256(of: []).hex)"]) : nil
      }))
    await #expect(throws: RegistryError.self) { _ = try await put(server) }
    let short = try TestRegistry(.init(instead: { $0.method == "HEAD" ? .bytes([1, 2]) : nil }))
    await #expect(throws: RegistryError.self) { _ = try await put(short) }
  }
}
