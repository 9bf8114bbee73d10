import Artifacts
import Model
import Publish
import SystemPackage
import TestSupport
import Testing

@Suite("Web servers as sources")
struct WebSourceTests {
  private let bytes = sampleBytes(400_000)

  private func source(_ server: LoopbackServer, _ scene: PublishScene) throws -> WebSource {
    guard case .web(let url) = try DestinationURL(parsing: server.url("/cat"), relativeTo: "/").kind else {
      throw PublishError.unsuitable("", for: "test")
    }
    return WebSource(url, fetcher: scene.fetcher)
  }

  @Test("a file is read whole or in part, and is nil when it is not there")
  func reads() async throws {
    let server = try LoopbackServer(files: ["/cat/index.json": bytes, "/cat/a%2Bb": [1, 2, 3]])
    try await withPublishScene { scene in
      let source = try source(server, scene)
      #expect(try await source.read("index.json") == NamedBytes(bytes: bytes, tag: "\"v1\""))
      #expect(try await source.read("a+b")?.bytes == [1, 2, 3])
      #expect(try await source.read("none") == nil)
      await #expect(throws: ArtifactError.self) { try await source.read("index.json", limit: 1_000) }
    }
  }

  @Test("of a server that knows no ranges, the part is cut out here")
  func cutsRanges() async throws {
    let server = try LoopbackServer { _ in .bytes(Array(0..<100)) }
    try await withPublishScene { scene in
      let source = try source(server, scene)
      #expect(try await source.read("a", range: 10..<20, limit: 1_000)?.bytes == Array(10..<20))
      #expect(try await source.read("a", range: 90..<200, limit: 1_000)?.bytes == Array(90..<100))
    }
  }

  @Test("an object that breaks off is gone on with, and has its name when it is whole")
  func resumes() async throws {
    let bytes = bytes
    let server = try LoopbackServer { request in
      .file(bytes, for: request, delivery: request.number < 2 ? .reset(after: 150_000) : .whole)
    }
    try await withPublishScene { scene in
      let place = scene.directory.appending("down").appending("x")
      try await source(server, scene).download(ObjectReference(of: bytes), to: place)
      #expect(try readFile(place) == bytes)
      #expect(server.requests.last?.headers["range"]?.hasPrefix("bytes=") == true)
      #expect(server.requests.last?.headers["range"] != "bytes=0-")
      #expect(try listDirectory(place.removingLastComponent()) == ["x"])
    }
  }

  @Test("an object with other bytes is refused and has no name")
  func refusesWrongBytes() async throws {
    let server = try LoopbackServer { _ in .bytes([UInt8](repeating: 1, count: 400_000)) }
    try await withPublishScene { scene in
      let place = scene.directory.appending("x")
      await #expect(throws: ArtifactError.self) {
        try await source(server, scene).download(ObjectReference(of: bytes), to: place)
      }
      #expect(FileStatus(of: place) == nil)
    }
  }

  @Test("a part of a file is fetched by one range, and refused when the whole comes")
  func fetchesParts() async throws {
    let bytes = bytes
    let server = try LoopbackServer { request in
      request.path == "/cat/whole"
        ? .bytes(bytes)
        : .init(
          status: 206, headers: ["Content-Range": "bytes 1000-200999/400000"],
          body: Array(bytes[1_000..<201_000]))
    }
    try await withPublishScene { scene in
      let part = ObjectReference(of: Array(bytes[1_000..<201_000]))
      let place = scene.directory.appending("x")
      let source = try source(server, scene)
      try await source.download(part, in: "bundle", at: 1_000, to: place) { _, _ in }
      #expect(try readFile(place) == Array(bytes[1_000..<201_000]))
      #expect(server.requests.first?.headers["range"] == "bytes=1000-200999")
      await #expect(throws: ArtifactError.noRanges(url: server.url("/cat/whole"))) {
        try await source.download(part, in: "whole", at: 1_000, to: scene.directory.appending("y")) { _, _ in
        }
      }
    }
  }

  @Test("a missing object is an error that names it, and a lie about its place is refused")
  func tellsMissing() async throws {
    let server = try LoopbackServer { request in
      request.path == "/cat/liar"
        ? .init(status: 206, headers: ["Content-Range": "bytes 0-9/400000"], body: Array(0..<10))
        : .status(404)
    }
    try await withPublishScene { scene in
      let source = try source(server, scene)
      let object = ObjectReference(of: bytes)
      #expect(try await !source.has(object))
      await #expect(throws: PublishError.missingObject(object.name, place: source.place)) {
        try await source.download(object, to: scene.directory.appending("x"))
      }
      await #expect(throws: ArtifactError.noRanges(url: server.url("/cat/liar"))) {
        try await source.download(object, in: "liar", at: 7, to: scene.directory.appending("x")) { _, _ in }
      }
    }
  }
}
