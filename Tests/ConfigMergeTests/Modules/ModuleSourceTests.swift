import Model
import SystemPackage
import Testing

@testable import ConfigMerge

@Suite("Module sources in configurations") struct ModuleSourceTests {
  @Test(
    "a directory is relative to where it is named, and is written as it was",
    arguments: [
      ("../other", "/work/other"), (".", "/work/here"), ("/abs/x", "/abs/x"), ("a b/é", "/work/here/a b/é"),
    ])
  func directories(text: String, path: String) throws {
    let source = try ModuleSource(parsing: text, relativeTo: "/work/here")
    #expect(source.place == .directory(FilePath(path)))
    #expect(source.description == text)
  }

  @Test("a git source has a URL, a revision and a subdirectory")
  func git() throws {
    let text = "git+https://host:8443/team/x.git@release/v1.2#subdirectory=modules/"
    let source = try ModuleSource(parsing: text, relativeTo: "/")
    #expect(
      source.place
        == .git(.init(url: "https://host:8443/team/x.git", revision: "release/v1.2", subdirectory: "modules"))
    )
    #expect(source.description == text)
    let ssh = try ModuleSource(parsing: "git+ssh://git@host/x.git", relativeTo: "/")
    #expect(ssh.place == .git(.init(url: "ssh://git@host/x.git", revision: nil, subdirectory: nil)))
    let file = try ModuleSource(parsing: "git+file:///srv/x@main", relativeTo: "/")
    #expect(file.place == .git(.init(url: "file:///srv/x", revision: "main", subdirectory: nil)))
  }

  @Test("an archive has a URL, a digest and a subdirectory")
  func archives() throws {
    let digest = String(repeating: "ab", count: 32)
    let text = "https://host/x.tar.gz#sha256=\(digest)&subdirectory=x-1/modules"
    let source = try ModuleSource(parsing: text, relativeTo: "/")
    let expected = try Digest(parsing: digest)
    #expect(
      source.place
        == .archive(.init(url: "https://host/x.tar.gz", sha256: expected, subdirectory: "x-1/modules")))
    #expect(try ModuleSource(parsing: source.description, relativeTo: "/x") == source)
  }

  @Test(
    "a text that is no source is refused",
    arguments: [
      "", " ", "-x", "--upload-pack=x", "ftp://host/x", "ssh://host/x", "git+ext::sh -c x", "git+ext://x/y",
      "git+https://host", "git+https:///x", "git+https://host/x@", "git+https://host/x@-v1",
      "git+https://host/x@--upload-pack=touch", "git+https://host/x@a..b", "git+https://host/x@a b",
      "git+https://host/x@a^{}", "git+https://host/x@a:b", "git+https://host/x@+a", "git+https://host/x@/a",
      "git+https://host/x@a.lock", "git+https://host/x@.a", "git+ssh://-oProxyCommand=x/y",
      "git+ssh://git@-oProxyCommand=x/y",
      "git+https://host/x#subdirectory=../y",
      "git+https://host/x#subdirectory=/y", "git+https://host/x#subdirectory=a\\b",
      "git+https://host/x#egg=y",
      "https://host/x.tar.gz", "https://host/x.tar.gz#sha256=12", "https://host/x.zip#md5=12", "a\u{1b}b",
      "a\nb",
    ])
  func refused(text: String) {
    #expect(throws: ParseError.self) { try ModuleSource(parsing: text, relativeTo: "/") }
  }

  @Test("a wrong source in the shared configuration is an error at its place")
  func configuration() async throws {
    #expect(
      try await problems(json: #"{"modules": {"sources": ["../a", "https://host/x.tar.gz"]}}"#) == [
        "shared-config.json:1:34: 'https://host/x.tar.gz' is not a module source"
          + " | add the archive's digest: #sha256=… (sha256sum tells it)"
      ])
  }
}
