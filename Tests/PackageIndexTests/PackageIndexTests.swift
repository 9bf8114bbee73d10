import Artifacts
import Model
import PackageIndex
import SystemPackage
import TestSupport
import Testing

@Suite("PackageIndex")
struct PackageIndexTests {
  private let digest = Digest.sha256(of: "wheel")

  private func files(
    _ page: String, type: String = "text/html", at path: String = "/simple"
  ) async throws -> (files: [IndexFile], server: LoopbackServer) {
    let server = try LoopbackServer { request in
      request.path == path + "/six/" ? .text(page, contentType: type) : .status(404)
    }
    let files = try await withTemporaryDirectory(in: "/tmp") { cache in
      try await PackageIndex(url: server.url(path), fetcher: Fetcher(store: ArtifactStore(cache: cache)))
        .files(of: PackageName(parsing: "six"))
    }
    return (files, server)
  }

  @Test("an HTML page's anchors are its files, in its order")
  func readsHTML() async throws {
    let (files, server) = try await files(
      """
      <!DOCTYPE html><html><head><meta name="pypi:repository-version" content="1.3"><title>Links for six</title></head>
      <body><h1>Links for six</h1>
      <a href="../../packages/six-1.17.0-py2.py3-none-any.whl#sha256=\(digest.hex)" data-requires-python="&gt;=2.7, !=3.0.*"
         data-core-metadata="sha256=00">six-1.17.0-py2.py3-none-any.whl</a><br/>
      <a href='/packages/six-0.1.tar.gz' data-yanked="bad &amp; old">six-0.1.tar.gz</a><br>
      <A HREF=https://files.example.org/six%2B1.whl data-upload-time="2024-12-04T17:35:26Z" data-yanked>x</A>
      </body></html>
      """)
    let root = server.url("")
    #expect(
      files.map(\.url) == [
        "\(root)/packages/six-1.17.0-py2.py3-none-any.whl", "\(root)/packages/six-0.1.tar.gz",
        "https://files.example.org/six%2B1.whl",
      ])
    #expect(files.map(\.fileName) == ["six-1.17.0-py2.py3-none-any.whl", "six-0.1.tar.gz", "six+1.whl"])
    #expect(files.map(\.digest) == [digest, nil, nil])
    #expect(files.map(\.requiresPython) == [">=2.7, !=3.0.*", nil, nil])
    #expect(files.map(\.yanked) == [false, true, true])
    #expect(files.map(\.uploadTime) == [nil, nil, "2024-12-04T17:35:26Z"])
    #expect(files.map(\.hasMetadata) == [true, false, false])
    #expect(files.map(\.size) == [nil, nil, nil])
  }

  @Test("a JSON page says the same, and sizes")
  func readsJSON() async throws {
    let (files, server) = try await files(
      """
      {"meta": {"api-version": "1.3", "x": [1]}, "name": "six", "versions": ["1.17.0"], "files": [
        {"filename": "six-1.17.0-py2.py3-none-any.whl", "url": "../../packages/six.whl", "size": 11050,
         "hashes": {"sha256": "\(digest.hex)"}, "requires-python": ">=2.7", "yanked": false,
         "upload-time": "2024-12-04T17:35:26.475808Z", "core-metadata": {"sha256": "00"}},
        {"filename": "six-0.1.tar.gz", "url": "https://h/six-0.1.tar.gz", "hashes": {"md5": "x"}, "yanked": "bad",
         "requires-python": null, "core-metadata": false}]}
      """, type: "application/vnd.pypi.simple.v1+json; charset=utf-8")
    #expect(files.map(\.url) == [server.url("/packages/six.whl"), "https://h/six-0.1.tar.gz"])
    #expect(files.map(\.fileName) == ["six-1.17.0-py2.py3-none-any.whl", "six-0.1.tar.gz"])
    #expect(files.map(\.digest) == [digest, nil])
    #expect(files.map(\.size) == [11050, nil])
    #expect(files.map(\.requiresPython) == [">=2.7", nil])
    #expect(files.map(\.yanked) == [false, true])
    #expect(files.map(\.hasMetadata) == [true, false])
    #expect(files[0].uploadTime == "2024-12-04T17:35:26.475808Z")
  }

  @Test("links count from the base the page names, and else from where it was found after redirects")
  func resolvesLinks() async throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/simple/six/": .redirect(to: "/mirror/six/")
      case "/mirror/six/": .text("<a href='a.whl'>a</a>", contentType: "text/html")
      case "/based/six/": .text("<base href='/files/'><a href='a.whl'>a</a>", contentType: "text/html")
      default: .status(404)
      }
    }
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let fetcher = Fetcher(store: ArtifactStore(cache: cache))
      let name = try PackageName(parsing: "Six")
      let redirected = try await PackageIndex(url: server.url("/simple/"), fetcher: fetcher).files(of: name)
      let based = try await PackageIndex(url: server.url("/based"), fetcher: fetcher).files(of: name)
      #expect(redirected.map(\.url) == [server.url("/mirror/six/a.whl")])
      #expect(based.map(\.url) == [server.url("/files/a.whl")])
    }
  }

  @Test("a package that the index doesn't have has no files; a server that fails is an error")
  func tellsMissingFromBroken() async throws {
    let server = try LoopbackServer { $0.path == "/simple/six/" ? .status(404) : .status(403) }
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let index = PackageIndex(
        url: server.url("/simple"), fetcher: Fetcher(store: ArtifactStore(cache: cache)))
      let none = try await index.files(of: PackageName(parsing: "six"))
      #expect(none == [])
      await #expect(
        throws: ArtifactError.status(url: server.url("/simple/seven/"), code: 403, retryAfter: nil)
      ) {
        try await index.files(of: PackageName(parsing: "seven"))
      }
    }
  }

  @Test("credentials in the index's URL are used for its files, and are in nothing that comes out")
  func hidesCredentials() async throws {
    let wheel = Array("wheel".utf8)
    let server = try LoopbackServer { request in
      guard request.headers["authorization"] != nil else { return .status(401) }
      return request.path.hasSuffix("/")
        ? .text("<a href='a.whl#sha256=\(Digest.sha256(of: wheel).hex)'>a</a>", contentType: "text/html")
        : .bytes(wheel)
    }
    try await withTemporaryDirectory(in: "/tmp") { cache in
      let fetcher = Fetcher(store: ArtifactStore(cache: cache))
      let index = PackageIndex(url: server.url("/simple", user: "user:hunter2"), fetcher: fetcher)
      let files = try await index.files(of: PackageName(parsing: "six"))
      #expect(files.map(\.url) == [server.url("/simple/six/a.whl")])
      #expect(index.url == server.url("/simple"))
      let stored = try await fetcher.artifact(files[0].remoteFile)
      #expect(stored.digest == .sha256(of: wheel))
    }
  }

  @Test("an index may be a directory")
  func readsDirectory() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      try makeDirectory(directory.appending("six"))
      try writeAtomically(
        Array("<a href='six-1.whl'>six</a>".utf8), to: directory.appending("six").appending("index.html"))
      let fetcher = Fetcher(store: ArtifactStore(cache: directory.appending("cache")))
      let index = PackageIndex(url: "file://\(directory.string)", fetcher: fetcher)
      let files = try await index.files(of: PackageName(parsing: "six"))
      let none = try await index.files(of: PackageName(parsing: "seven"))
      #expect(files.map(\.url) == ["file://\(directory.string)/six/six-1.whl"])
      #expect(none == [])
    }
  }

  @Test("a page is read from megabytes without trouble")
  func readsLargePage() async throws {
    let line =
      "<a href=\"https://h/p/numpy-1.0-cp312-none-any.whl#sha256=\(digest.hex)\" data-requires-python=\"&gt;=3.9\">x</a><br/>\n"
    let (files, _) = try await files(String(repeating: line, count: 8000))
    #expect(files.count == 8000)
    #expect(files.allSatisfy { $0.digest == digest && $0.requiresPython == ">=3.9" })
  }
}
