import Artifacts
import Testing

@Suite("WebURL")
struct WebURLTests {
  @Test(
    "references mean what RFC 3986 says (5.4.1 and 5.4.2)",
    arguments: [
      ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
      ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
      ("#s", "http://a/b/c/d;p?q#s"),
      ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"),
      ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
      ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
      ("../../../g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
      ("..g", "http://a/b/c/..g"),
      ("./../g", "http://a/b/g"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
      ("g;x=1/../y", "http://a/b/c/y"), ("g?y/../x", "http://a/b/c/g?y/../x"), ("https://h/x", "https://h/x"),
    ])
  func resolves(reference: String, result: String) throws {
    let base = try #require(WebURL(parsing: "http://a/b/c/d;p?q"))
    #expect(base.resolving(reference)?.description == result)
  }

  @Test("scheme and host are compared without case, and the scheme's own port is none")
  func normalises() throws {
    let url = try #require(WebURL(parsing: "HTTPS://User:Pw@PyPI.org:443/Simple/?a=B#C"))
    #expect(url.description == "https://User:Pw@pypi.org/Simple/?a=B#C")
    #expect(WebURL(parsing: "http://[::1]:8080/a")?.authority == "[::1]:8080")
    #expect(WebURL(parsing: "http://h:81")?.port == 81)
  }

  @Test(
    "what has no host or can't be sent is no URL",
    arguments: ["", "a", "http:a", "http://", "http:///a", "http://h/\r\nX: y", "http://u:pa/ss@h/a", "://h"])
  func refuses(text: String) {
    #expect(WebURL(parsing: text) == nil)
  }

  @Test(
    "redacting leaves everything but user info",
    arguments: [
      ("https://user:pw@host/a?b=c@d#e@f", "https://host/a?b=c@d#e@f"),
      ("https://host/a@1.0", "https://host/a@1.0"),
      ("git+https://token@host/o/name.git@rev", "git+https://host/o/name.git@rev"),
      ("https://user:p@ss@host:80/", "https://host:80/"),
      ("https://user:pa/ss@host/", "https://host/"),
      ("user:pw@host/a", "host/a"),
      (
        "fetch 'https://u:p@h/a', then http://x:y@[::1]:80/ failed",
        "fetch 'https://h/a', then http://[::1]:80/ failed"
      ),
      ("mail someone@example.org", "mail someone@example.org"), ("plain", "plain"),
    ])
  func redacts(text: String, shown: String) {
    #expect(redacting(text) == shown)
  }
}
