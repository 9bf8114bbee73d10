import Artifacts
import Model
import PackageIndex
import SystemPackage
import TestSupport
import Testing

@Suite("PackageIndex: hostile input")
struct PackageIndexHostileTests {
  private func files(_ page: String, type: String = "text/html") async throws -> [IndexFile] {
    let server = try LoopbackServer { _ in .text(page, contentType: type) }
    return try await withTemporaryDirectory(in: "/tmp") { cache in
      try await PackageIndex(url: server.url(""), fetcher: Fetcher(store: ArtifactStore(cache: cache)))
        .files(of: PackageName(parsing: "six"))
    }
  }

  @Test(
    "malformed HTML gives what there is of files, and ends",
    arguments: [
      ("", 0), ("<", 0), ("<a", 0), ("<a ", 0), ("<a href", 0), ("<a href=", 0), ("<a href=\"x.whl", 0),
      ("<a href=x.whl", 1), ("<a href='x.whl'", 1), ("<a/href='x.whl'/>", 1), ("<a =x href='x.whl'>", 1),
      ("<!-- <a href='x.whl'> --><a href='y.whl'>", 1), ("<!-- <a href='x.whl'>", 0),
      ("<abbr href='x.whl'>", 0),
      ("<a\nhref = 'x.whl' href='y.whl'>", 1), ("<a href='x.whl'<a href='y.whl'>", 1), ("<a>x</a>", 0),
      ("<a href=''>", 0), ("<a href='../'>", 0), ("<a href='mailto:a@b'>", 0), ("<a href='javascript:x'>", 0),
      ("<a href='ftp://h/x.whl'>", 0), ("<a href='x%2F..%2Fy.whl'>", 0), ("<a href='%FF.whl'>", 0),
      ("<a href='..%5Cx.whl'>", 0), ("<a href='x.whl%00'>", 0), ("<a href='x y.whl'>", 0),
      ("\u{0}\u{0}<a href=x.whl>", 1),
    ])
  func survives(page: String, count: Int) async throws {
    let files = try await files(page)
    #expect(files.count == count)
  }

  @Test(
    "entities are decoded where they are ones",
    arguments: [
      ("&gt;=3&amp;&lt;4&quot;&#39;&#x27;", ">=3&<4\"''"), ("&", "&"), ("&;", "&;"), ("&#;", "&#;"),
      ("&#x110000;", "&#x110000;"),
      ("&#xD800;", "&#xD800;"), ("&bogus;", "&bogus;"), ("a&amp", "a&amp"), ("&&lt;", "&<"),
    ])
  func decodes(text: String, meaning: String) async throws {
    let files = try await files("<a href=x.whl data-requires-python=\"\(text)\">")
    #expect(files.first?.requiresPython == meaning)
  }

  @Test(
    "a digest that is none is as if there were none",
    arguments: ["sha256=00", "sha256=", "md5=x", "", "sha256=\(String(repeating: "g", count: 64))"])
  func ignoresBadDigest(fragment: String) async throws {
    let files = try await files("<a href='x.whl#\(fragment)'>")
    #expect(files.map(\.digest) == [nil])
  }

  @Test("a page that is neither HTML nor JSON is refused with its URL and type")
  func refusesOtherTypes() async throws {
    let error = await #expect(throws: PackageIndexError.self) { try await files("x", type: "image/png") }
    #expect(error?.description.contains("image/png") == true)
    #expect(error?.description.contains("/six/") == true)
  }

  @Test(
    "JSON that is not an index page is refused with what is wrong",
    arguments: [
      ("", "no JSON"), ("{", "no JSON"), ("[]", "another type"), ("{}", "'meta' is missing"),
      (#"{"meta": {"api-version": "1.0"}}"#, "'files' is missing"),
      (
        #"{"meta": {"api-version": "1.0"}, "files": [{"url": "x", "hashes": {}}]}"#,
        "'filename' is missing at files.[0]"
      ),
      (
        #"{"meta": {"api-version": "1.0"}, "files": [{"filename": 1}]}"#,
        "another type is expected at files.[0].filename"
      ),
      (#"{"meta": {"api-version": "2.0"}, "files": []}"#, "version 2.0"),
    ])
  func refusesBadJSON(page: String, reason: String) async throws {
    let error = await #expect(throws: PackageIndexError.self) {
      try await files(page, type: "application/vnd.pypi.simple.v1+json")
    }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("a JSON file name can't lead elsewhere", arguments: ["../x.whl", "/etc/x.whl", "a\\\\x.whl", ""])
  func refusesBadFileName(name: String) async throws {
    let page =
      #"{"meta": {"api-version": "1.0"}, "files": [{"filename": "\#(name)", "url": "x.whl", "hashes": {}}]}"#
    let files = try await files(page, type: "application/json")
    #expect(files == [])
  }
}
