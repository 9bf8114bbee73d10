import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Publish

@Suite("Uploads to a package index")
struct UploadIndexTests {
  private func upload(
    _ wheel: CatalogueWheel, to url: String, _ scene: PublishScene
  ) async throws -> [WheelUpload] {
    let destination = try #require(WebURL(parsing: url))
    let index = UploadIndex(
      destination, fetcher: scene.fetcher, shelf: scene.wheelShelf, scratch: scene.directory.appending("tmp"))
    return try await index.publish([wheel])
  }

  @Test("the form has the metadata field by field, the digest, and the file")
  func form() async throws {
    let server = try LoopbackServer { _ in .status(200) }
    try await withPublishScene { scene in
      let wheel = try await scene.wheel(
        "demo",
        metadata: [
          "Summary: Größe", "Requires-Dist: numpy", "Requires-Dist: scipy", "Classifier: A :: B",
          "Requires-Python: >=3.9", "X-Odd\": 1", "", "the description",
        ])
      let uploads = try await upload(wheel, to: server.url("/legacy/", user: "u:p"), scene)
      #expect(uploads.map(\.change) == [.added])
      let request = try #require(server.requests.first)
      #expect(request.method == "POST")
      #expect(request.headers["authorization"] == "Basic dTpw")
      let text = String(decoding: request.body, as: UTF8.self)
      for (name, value) in [
        (":action", "file_upload"), ("protocol_version", "1"), ("metadata_version", "2.1"), ("name", "demo"),
        ("version", "1.0"), ("filetype", "bdist_wheel"), ("pyversion", "py3"),
        ("sha256_digest", wheel.digest.hex), ("summary", "Größe"), ("requires_dist", "numpy"),
        ("requires_dist", "scipy"), ("classifiers", "A :: B"), ("requires_python", ">=3.9"),
        ("description", "the description\n"),
      ] {
        #expect(text.contains("name=\"\(name)\"\r\n\r\n\(value)\r\n"), "\(name)")
      }
      #expect(!text.contains("x_odd"))
      let path = scene.fetcher.store.path(of: wheel.digest)
      let bytes = try readFile(path)
      #expect(request.body.firstRange(of: bytes) != nil)
      #expect(try listDirectory(scene.directory.appending("tmp")).isEmpty)
    }
  }

  @Test("what is there by the index's pages is not sent; with other bytes it is an error")
  func there() async throws {
    try await withPublishScene { scene in
      let wheel = try await scene.wheel("demo")
      for digest in [wheel.digest, Digest.sha256(of: "other")] {
        let server = try LoopbackServer { request in
          request.path == "/simple/demo/"
            ? .text("<a href=\"\(wheel.fileName)#sha256=\(digest.hex)\">x</a>", contentType: "text/html")
            : .status(200)
        }
        let url = server.url("/up?simple=") + server.url("/simple").replacing(":", with: "%3A")
        if digest == wheel.digest {
          let uploads = try await upload(wheel, to: url, scene)
          #expect(uploads.map(\.change) == [.unchanged])
        } else {
          await #expect(throws: PackageIndexesError.self) { _ = try await upload(wheel, to: url, scene) }
        }
        #expect(server.count(of: "/up") == 0)
      }
    }
  }

  @Test(
    "refusals say what to do, and show no password",
    arguments: [401, 403, 400, 500, 413])
  func refusals(status: Int) async throws {
    let server = try LoopbackServer { _ in
      .init(
        status: status, headers: ["Content-Type": "text/plain"],
        body: Array("no: http://u:secret@h/\nmore".utf8))
    }
    try await withPublishScene { scene in
      let wheel = try await scene.wheel("demo")
      let error = await #expect(throws: PackageIndexesError.self) {
        _ = try await upload(wheel, to: server.url("/", user: "u:secret"), scene)
      }
      #expect(error?.description.contains("secret") == false)
      #expect(server.requests.count == 1)
      if status < 402 || status == 403 { #expect(error?.hint != nil) }
    }
  }

  @Test("an index that has a file of the name, and doesn't say which, is told of")
  func exists() async throws {
    let server = try LoopbackServer { _ in .status(409) }
    try await withPublishScene { scene in
      let wheel = try await scene.wheel("demo")
      let uploads = try await upload(wheel, to: server.url("/"), scene)
      #expect(uploads.map(\.change) == [.unchanged])
    }
  }

  @Test("a connection that breaks is an error, and nothing is sent twice")
  func broken() async throws {
    let server = try LoopbackServer { _ in .init(body: [1, 2, 3], delivery: .reset(after: 1)) }
    try await withPublishScene { scene in
      let wheel = try await scene.wheel("demo")
      await #expect(throws: ArtifactError.self) { _ = try await upload(wheel, to: server.url("/"), scene) }
      #expect(server.requests.count == 1)
    }
  }
}
