import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@Suite("Fetcher: documents")
struct DocumentTests {
  @Test("a page has its bytes, its type and the URL it was found at in the end")
  func describes() async throws {
    let server = try LoopbackServer {
      $0.path == "/a" ? .redirect(to: "/b/") : .text("<html>", contentType: "text/html; charset=utf-8")
    }
    try await withScene { scene in
      let document = try await scene.fetcher.document(server.url("/a"), accept: "text/html")
      #expect(String(decoding: document.bytes, as: UTF8.self) == "<html>")
      #expect(document.contentType == "text/html; charset=utf-8")
      #expect(document.url == server.url("/b/"))
      #expect(server.requests.map { $0.headers["accept"] } == ["text/html", "text/html"])
    }
  }

  @Test("a page is asked for once a process, and the next process asks whether it has changed")
  func revalidates() async throws {
    let server = try LoopbackServer { .file(Array("page".utf8), for: $0) }
    try await withScene { scene in
      let url = server.url("/a")
      let first = try await scene.fetcher.document(url)
      let second = try await scene.fetcher.document(url)
      let third = try await scene.another().fetcher.document(url)
      #expect(first == second && second == third)
      #expect(server.requests.map { $0.headers["if-none-match"] } == [nil, "\"v1\""])
    }
  }

  @Test("a page that has changed is replaced")
  func replaces() async throws {
    let server = try LoopbackServer {
      .file(Array("page \($0.number)".utf8), for: $0, etag: "\"\($0.number)\"")
    }
    try await withScene { scene in
      let first = try await scene.fetcher.document(server.url("/a"))
      let second = try await scene.another().fetcher.document(server.url("/a"))
      let third = try await scene.another(offline: true).fetcher.document(server.url("/a"))
      #expect(first.bytes == Array("page 0".utf8))
      #expect(second.bytes == Array("page 1".utf8))
      #expect(third == second)
    }
  }

  @Test("offline, a page is what it last was; one never seen is named")
  func servesOffline() async throws {
    let server = try LoopbackServer { _ in .text("page") }
    try await withScene { scene in
      let page = try await scene.fetcher.document(server.url("/a"))
      let offline = scene.another(offline: true)
      let again = try await offline.fetcher.document(server.url("/a"))
      #expect(again == page)
      await #expect(throws: ArtifactError.offline("'\(server.url("/b"))'")) {
        try await offline.fetcher.document(server.url("/b"))
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test("forms of a page that were asked for apart are kept apart")
  func keepsFormsApart() async throws {
    let server = try LoopbackServer { .text($0.headers["accept"] ?? "") }
    try await withScene { scene in
      let html = try await scene.fetcher.document(server.url("/a"), accept: "text/html")
      let json = try await scene.fetcher.document(server.url("/a"), accept: "application/json")
      #expect(html.bytes == Array("text/html".utf8))
      #expect(json.bytes == Array("application/json".utf8))
    }
  }

  @Test("a compressed page arrives inflated")
  func inflates() async throws {
    // "hello\n" as gzip(1) makes it with -n.
    let bytes: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7, 2, 0, 0x20, 0x30, 0x3A, 0x36, 6,
      0, 0, 0,
    ]
    let server = try LoopbackServer { request in
      #expect(request.headers["accept-encoding"] == "gzip")
      return .bytes(bytes, headers: ["Content-Encoding": "gzip"])
    }
    try await withScene { scene in
      let document = try await scene.fetcher.document(server.url("/a"))
      #expect(document.bytes == Array("hello\n".utf8))
    }
  }

  @Test("a page that is cut off is asked for again from its beginning")
  func startsOver() async throws {
    let server = try LoopbackServer {
      .bytes(Array("a whole page".utf8), delivery: $0.number == 0 ? .truncated(after: 4) : .whole)
    }
    try await withScene { scene in
      let document = try await scene.fetcher.document(server.url("/a"))
      #expect(document.bytes == Array("a whole page".utf8))
    }
  }

  @Test("a cached page that can't be understood is fetched anew")
  func replacesDamaged() async throws {
    let server = try LoopbackServer { .file(Array("page".utf8), for: $0) }
    try await withScene { scene in
      let first = try await scene.fetcher.document(server.url("/a"))
      let pages = scene.cache.appending("http")
      for name in try listDirectory(pages) {
        try writeAtomically(Array("{\n".utf8), to: pages.appending(name))
      }
      let second = try await scene.another().fetcher.document(server.url("/a"))
      #expect(first == second)
    }
  }

  @Test("a file: page is read, and is not there offline if it wasn't read before")
  func readsFile() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try writeAtomically(Array("sums".utf8), to: directory.appending("SHA256SUMS"))
      let scene = FetchScene(cache: directory.appending("cache"))
      let url = "file://\(directory.string)/SHA256SUMS"
      let document = try await scene.fetcher.document(url)
      #expect(document.bytes == Array("sums".utf8))
      #expect(document.url == url)
      await #expect(throws: ArtifactError.missingFile(url: url + "x")) {
        try await scene.fetcher.document(url + "x")
      }
    }
  }
}
