import Artifacts
import Publish
import SystemPackage
import Testing

@Suite("Destinations as they are written")
struct DestinationURLTests {
  private func parse(_ text: String) throws -> DestinationURL {
    try DestinationURL(parsing: text, relativeTo: "/work")
  }

  @Test(
    "directories are absolute paths, decoded",
    arguments: [
      ("file:///srv/catalogue", "/srv/catalogue"), ("file:///srv/my%20catalogue/", "/srv/my catalogue"),
      ("FILE:///srv/./a/../b", "/srv/b"),
    ])
  func directories(text: String, path: String) throws {
    #expect(try parse(text).kind == .directory(FilePath(path)))
  }

  @Test("a static index's directory counts from the working directory")
  func simpleIndex() throws {
    #expect(try parse("index://simple").kind == .simpleIndex("/work/simple"))
    #expect(try parse("index:///srv/simple").kind == .simpleIndex("/srv/simple"))
  }

  @Test("a bucket has a prefix, an endpoint and a region")
  func buckets() throws {
    guard
      case .bucket(let bucket) = try parse(
        "s3://my.bucket/a//b%2Bc/?endpoint=http%3A%2F%2F127.0.0.1:9000&region=eu-west-1"
      ).kind
    else { throw PublishError.unsuitable("", for: "test") }
    #expect(bucket.name == "my.bucket")
    #expect(bucket.prefix == "a/b+c")
    #expect(bucket.endpoint?.description == "http://127.0.0.1:9000")
    #expect(bucket.region == "eu-west-1")
  }

  @Test("of a served catalogue's file, the folder is meant")
  func web() throws {
    for text in ["https://h/cat", "https://h/cat/", "https://h/cat/index.json", "https://h/cat/index.html"] {
      guard case .web(let url) = try parse(text).kind else {
        throw PublishError.unsuitable(text, for: "test")
      }
      #expect(url.description == "https://h/cat")
    }
  }

  @Test("a registry has a host and a repository's name")
  func registries() throws {
    guard case .registry(let url, let name) = try parse("oci+http://127.0.0.1:5000/team/env_s").kind,
      case .registry(let secure, _) = try parse("oci://r/x").kind
    else { throw PublishError.unsuitable("", for: "test") }
    #expect(url.description == "http://127.0.0.1:5000")
    #expect(name == "team/env_s")
    #expect(secure.scheme == "https")
  }

  @Test("an upload address is kept as it is")
  func packageIndexes() throws {
    guard case .packageIndex(let url) = try parse("pypi+https://upload.h/legacy/").kind else {
      throw PublishError.unsuitable("", for: "test")
    }
    #expect(url.description == "https://upload.h/legacy/")
  }

  @Test("it shows no password")
  func secrecy() throws {
    let url = try parse("https://user:secret@h/cat")
    #expect(url.description == "https://h/cat")
  }

  @Test(
    "what is no destination says why",
    arguments: [
      ("/srv/catalogue", "it has no scheme"), ("ftp://h/x", "'ftp' is not known"),
      ("file://srv/catalogue", "the path of a file: URL begins with a slash"),
      (
        "s3://key:secret@bucket/x",
        "keys stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in the URL"
      ),
      ("s3://B_/x", "'b_' is no bucket's name"), ("s3://bucket/../x", "its prefix has a '.' or '..' in it"),
      ("s3://bucket?acl=public", "'acl' is not known; there are 'endpoint' and 'region'"),
      ("s3://bucket?endpoint=ftp://h", "'ftp://h' is no endpoint: write https://host or http://host:port"),
      ("https://h/cat?token=x", "a served folder has no query"), ("index://", "it names no directory"),
      ("file:///%zz", "it names no directory"),
      (
        "oci://h/Upper",
        "'Upper' is no repository's name: lower-case letters, digits, and . _ - between them"
      ),
    ])
  func refusals(text: String, reason: String) {
    let shown = text.replacing("key:secret@", with: "")
    #expect(throws: PublishError.badDestination(shown, reason: reason)) { try parse(text) }
  }
}
