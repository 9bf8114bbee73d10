import Builder
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// What is resolved to sources, repositories and files.
extension ResolverTests {
  @Test("a package without wheel is taken from source where that is allowed, a wheel where there is one")
  func allowedSource() async throws {
    let index = try TestIndex(
      [wheel("both", "1.0"), wheel("odd", "1.0", tag: "cp312-cp312-win_amd64")],
      sources: ["both-2.0.zip": source("both", "2.0"), "odd-1.0.zip": source("odd", "1.0")])
    let config =
      #""packages": {"dependencies": ["both", "odd"], "resolution": {"allowSourceList": ["odd", "both"]}}"#
    try await withWorkspace(index, config) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(
        lock.packages.map { "\($0.name) \($0.version ?? "") \($0.needsBuild)" } == [
          "both 1.0 false", "odd 1.0 true",
        ])
      #expect(lock.packages.last?.file?.name == "odd-1.0.zip")
      #expect(lock.omissions.isEmpty)
    }
  }

  @Test("what a rule newly asks to build with makes the lock out of date, and is locked in place of the old")
  func buildRequires() async throws {
    let index = try TestIndex(
      [wheel("setuptools", "70"), wheel("setuptools", "57")],
      sources: ["one-1.0.zip": source("one", "1.0", requires: ["setuptools"])])
    func configuration(_ rule: String) -> String {
      #""packages": {"dependencies": ["one"], "buildWheel": {"one": {"*": {"reason": "old"\#(rule)}}}}"#
    }
    try await withWorkspace(index, configuration("")) { workspace in
      let id = "\(Self.id)@linux-x64"
      let first = try await workspace.lock().lock(id).builds
      #expect(first.map { $0.packages.compactMap(\.version) } == [["70"]])
      try workspace.write(
        "runenvs/\(Self.id)/config.json",
        """
        {"registries": {"default": "\(index.url)"}, "runtime": {"provider": "external"},
         "platforms": ["linux-x64"], \(configuration(#", "buildRequires": ["setuptools<58"]"#))}
        """)
      let second = try await workspace.lock().lock(id).builds
      #expect(second.map(\.requires) == [["setuptools<58"]])
      #expect(second.map { $0.packages.compactMap(\.version) } == [["57"]])
    }
  }

  @Test("a lock of nothing but sources is no hindrance to the next one")
  func onlySources() async throws {
    let index = try TestIndex(
      [], sources: ["one-1.0.zip": source("one", "1.0"), "two-1.0.zip": source("two", "1.0")])
    func packages(_ names: String) -> String {
      #""packages": {"dependencies": [\#(names)], "resolution": {"allowSourceAll": true}}"#
    }
    try await withWorkspace(index, packages(#""one""#)) { workspace in
      try await workspace.lock()
      try workspace.write(
        "runenvs/\(Self.id)/config.json",
        """
        {"registries": {"default": "\(index.url)"}, "runtime": {"provider": "external"},
         "platforms": ["linux-x64"], \(packages(#""one", "two""#))}
        """)
      let report = try await workspace.lock()
      #expect(try report.packages("\(Self.id)@linux-x64") == ["one 1.0", "two 1.0"])
    }
  }

  @Test("forceSource takes the source even where there is a wheel, and onlyBinaryList holds others back")
  func forcedSource() async throws {
    let index = try TestIndex(
      [wheel("both", "1.0"), wheel("odd", "1.0", tag: "cp312-cp312-win_amd64")],
      sources: ["both-1.0.zip": source("both", "1.0"), "odd-1.0.zip": source("odd", "1.0")])
    let config = #"""
      "packages": {"dependencies": ["both", "odd"], "forceSource": {"both": {"*": "patched"}},
        "resolution": {"allowSourceAll": true, "onlyBinaryList": ["odd"]}}
      """#
    try await withWorkspace(index, config) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map { "\($0.name) \($0.needsBuild)" } == ["both true"])
      #expect(lock.omissions.map(\.name.normalized) == ["odd"])
      #expect(lock.omissions.first?.reason.hasSuffix("(there is a source distribution)") == true)
    }
  }

  @Test("a repository is locked at its commit, and one that can't be read is left out")
  func repositories() async throws {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    guard let git = findExecutable("git", in: path) else { return }
    let index = try TestIndex([wheel("leaf", "1.0")])
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let repository = directory.appending("tool")
      try makeDirectory(repository)
      let project = "[project]\nname = \"tool\"\nversion = \"1.2\"\ndependencies = [\"leaf\"]\n"
      try writeAtomically(Array(project.utf8), to: repository.appending("pyproject.toml"))
      let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
      for arguments in [["init", "-q", "."], ["add", "."], identity + ["commit", "-qm", "x"]] {
        let result = try await run(
          Command(git, arguments, environment: ["PATH": path], workingDirectory: repository))
        #expect(result.succeeded)
      }
      let config =
        #""packages": {"dependencies": ["tool @ git+file://\#(repository)", "git+file://\#(directory)/absent.git"]}"#
      try await withWorkspace(index, config) { workspace in
        let report = try await workspace.lock(environment: ["PATH": path])
        let lock = try report.lock("\(Self.id)@linux-x64")
        #expect(lock.packages.map { "\($0.name) \($0.version ?? "")" } == ["leaf 1.0", "tool 1.2"])
        guard case .revision(let revision) = lock.packages.last?.source else {
          Issue.record("the tool is not locked as a revision")
          return
        }
        #expect(revision.commit.count == 40)
        #expect(lock.omissions.map { "\($0.name) \($0.rule.rawValue)" } == ["absent unreachable"])
      }
    }
  }

  @Test("archives and wheels of this machine are locked by their paths, and read again")
  func files() async throws {
    let index = try TestIndex([wheel("leaf", "1.0")])
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp files ") { directory in
      let tool = directory.appending("tool-1.0.zip")
      try writeAtomically(source("tool", "1.0", needs: ["leaf"]), to: tool)
      let made = wheel("own", "2.0")
      try writeAtomically(made.bytes, to: directory.appending(made.fileName))
      let place = directory.string.replacing(" ", with: "%20")
      let config = #"""
        "packages": {"dependencies": ["tool @ file://\#(place)/tool-1.0.zip", "own @ file://\#(place)/\#(made.fileName)"]}
        """#
      try await withWorkspace(index, config) { workspace in
        let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
        #expect(
          lock.packages.map { "\($0.name) \($0.version ?? "")" } == ["leaf 1.0", "own 2.0", "tool 1.0"])
        #expect(lock.packages.map(\.needsBuild) == [false, false, true])
        #expect(lock.packages.last?.file?.url == "file://\(place)/tool-1.0.zip")
        #expect(lock.toml.contains("path = \"\(tool)\""))
        #expect(try Lock(parsing: lock.toml, file: "lock").packages == lock.packages)
      }
    }
  }
}
