import Builder
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Resolving with a real uv against an index on loopback.
@Suite(.enabled(if: TestWorkspace.uv != nil, "there is no uv: set PPP_TEST_UV")) struct ResolverTests {
  static let id = "python-3.12.10"

  /// Runs the body with a workspace of one runenv.
  func withWorkspace(
    _ index: TestIndex, _ config: String, platforms: [String] = ["linux-x64"], shared: String = "{}",
    _ body: (TestWorkspace) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let list = platforms.map { "\"\($0)\"" }.joined(separator: ", ")
      let workspace = try TestWorkspace(
        directory,
        files: [
          "shared-config.json": shared,
          "runenvs/\(Self.id)/config.json": """
          {"registries": {"default": "\(index.url)"}, "runtime": {"provider": "external"},
           "platforms": [\(list)], \(config)}
          """,
        ])
      try await body(workspace)
    }
  }

  @Test("dependencies are followed, and the wheel for the platform is picked, with size and digest")
  func resolves() async throws {
    let native = wheel("native", "1.0", tag: "cp312-cp312-manylinux_2_17_x86_64")
    let index = try TestIndex([
      wheel("app", "1.0", needs: ["native>=1", "gone; sys_platform == 'win32'"]), native,
      wheel("native", "1.0", tag: "cp312-cp312-win_amd64"),
      wheel("native", "1.0", tag: "cp311-cp311-manylinux_2_17_x86_64"),
    ])
    try await withWorkspace(index, #""packages": {"dependencies": ["app"]}"#) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map(\.name.normalized) == ["app", "native"])
      let file = try #require(lock.packages.last?.file)
      #expect(file.name == native.fileName)
      #expect(file.size == Int64(native.bytes.count))
      #expect(file.url == index.server.url("/files/\(native.fileName)"))
      #expect(lock.packages.last?.index == index.url)
    }
  }

  @Test("a skipped package is left out as a dependency of others too, and the lock says so")
  func skips() async throws {
    let index = try TestIndex([
      wheel("app", "1.0", needs: ["heavy==3"]), wheel("heavy", "3", needs: ["deep"]),
    ])
    let config =
      #""packages": {"dependencies": ["app"], "skip": {"heavy": {"*": "too big"}, "other": {"*": "unused"}}}"#
    try await withWorkspace(index, config) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map(\.name.normalized) == ["app"])
      #expect(lock.omissions.map { "\($0.name) \($0.rule) \($0.reason)" } == ["heavy skip too big"])
    }
  }

  @Test("a requirement without a wheel for the platform is left out, and so is a dependency of others")
  func omits() async throws {
    let index = try TestIndex([
      wheel("app", "1.0", needs: ["deep"]), wheel("deep", "1.0", tag: "cp312-cp312-win_amd64"),
      wheel("direct", "2.0", tag: "cp312-cp312-win_amd64"),
    ])
    let config = #""packages": {"dependencies": ["app", "direct>=1", "absent; sys_platform == 'win32'"]}"#
    try await withWorkspace(index, config, platforms: ["linux-x64", "windows-x64"]) { workspace in
      let report = try await workspace.lock()
      let lock = try report.lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map(\.name.normalized) == ["app"])
      #expect(lock.omissions.map(\.name.normalized) == ["deep", "direct"])
      #expect(lock.omissions.last?.reason == "direct>=1 has no wheel for linux-x64; no version has one")
      #expect(lock.omissions.last?.requirement == "direct>=1")
      let warnings = report.outcomes.flatMap(\.diagnostics).map(\.message)
      #expect(warnings.count == 2)
      // On Windows the package that no index has is wanted, and that is an error of its own.
      #expect(throws: ResolveError.self) { try report.lock("\(Self.id)@windows-x64") }
    }
  }

  @Test("a version conflict is an error, and never an omission")
  func conflict() async throws {
    let index = try TestIndex([
      wheel("a", "1.0", needs: ["c<2"]), wheel("b", "1.0", needs: ["c>=2"]), wheel("c", "1.0"),
      wheel("c", "2.0"),
    ])
    try await withWorkspace(index, #""packages": {"dependencies": ["a", "b"]}"#) { workspace in
      let report = try await workspace.lock()
      let error = #expect(throws: ResolveError.self) { try report.lock("\(Self.id)@linux-x64") }
      #expect(error?.description.contains("cannot resolve \(Self.id)@linux-x64") == true)
      #expect(error?.description.contains("    uv: ") == true)
    }
  }

  @Test("strictMissing makes an omission an error that names the versions with wheels")
  func strict() async throws {
    let index = try TestIndex([
      wheel("direct", "1.0"), wheel("direct", "2.0", tag: "cp312-cp312-win_amd64"),
    ])
    let config = #""packages": {"dependencies": ["direct>=2"], "resolution": {"strictMissing": true}}"#
    try await withWorkspace(index, config) { workspace in
      let report = try await workspace.lock()
      let error = #expect(throws: ResolveError.self) { try report.lock("\(Self.id)@linux-x64") }
      #expect(
        error?.description.contains("direct>=2 has no wheel for linux-x64; versions with one: 1.0") == true)
      #expect(error?.hint?.contains("direct==1.0") == true)
    }
  }

  @Test("one cell that can't be resolved doesn't stop the others")
  func independent() async throws {
    let index = try TestIndex([wheel("app", "1.0")])
    let config =
      #""packages": {"dependencies": ["app"], "platformSpecific": {"windows-x64": {"dependencies": ["absent"]}}}"#
    try await withWorkspace(index, config, platforms: ["linux-x64", "windows-x64"]) { workspace in
      let report = try await workspace.lock()
      #expect(try report.packages("\(Self.id)@linux-x64") == ["app 1.0"])
      let error = #expect(throws: ResolveError.self) { try report.lock("\(Self.id)@windows-x64") }
      #expect(error?.description.contains("no index has a package 'absent'") == true)
    }
  }

  @Test("a lock's versions stay until they are upgraded, all or one")
  func preferences() async throws {
    let old = try TestIndex([wheel("a", "1.0"), wheel("b", "1.0")])
    try await withWorkspace(old, #""packages": {"dependencies": ["a"]}"#) { workspace in
      try await workspace.lock()
      let new = try TestIndex([
        wheel("a", "1.0"), wheel("a", "2.0"), wheel("b", "1.0"), wheel("b", "2.0"),
      ])
      try workspace.write(
        "runenvs/\(Self.id)/config.json",
        """
        {"registries": {"default": "\(new.url)"}, "runtime": {"provider": "external"}, "platforms": ["linux-x64"],
         "packages": {"dependencies": ["a", "b"]}}
        """)
      let cell = "\(Self.id)@linux-x64"
      let added = try await workspace.lock()
      #expect(try added.packages(cell) == ["a 1.0", "b 2.0"])
      let again = try await workspace.lock()
      #expect(again.outcomes.map(\.isReused) == [true])
      let name = try PackageName(parsing: "a")
      let upgraded = try await workspace.lock(upgrade: .packages([name]))
      #expect(try upgraded.packages(cell) == ["a 2.0", "b 2.0"])
    }
  }

  @Test("platforms get the same version where wheels allow, and the rest is told as skew")
  func alignment() async throws {
    let index = try TestIndex([
      wheel("native", "2.0", tag: "cp312-cp312-manylinux_2_17_x86_64"),
      wheel("native", "1.0", tag: "cp312-cp312-manylinux_2_17_x86_64"),
      wheel("native", "1.0", tag: "cp312-cp312-win_amd64"),
      wheel("apart", "2.0", tag: "cp312-cp312-manylinux_2_17_x86_64"),
      wheel("apart", "1.0", tag: "cp312-cp312-win_amd64"),
    ])
    let config = #""packages": {"dependencies": ["native", "apart"]}"#
    try await withWorkspace(index, config, platforms: ["linux-x64", "windows-x64"]) { workspace in
      let report = try await workspace.lock()
      #expect(try report.packages("\(Self.id)@linux-x64") == ["apart 2.0", "native 1.0"])
      #expect(try report.packages("\(Self.id)@windows-x64") == ["apart 1.0", "native 1.0"])
      #expect(report.skews.map(\.description) == ["apart: 1.0 on windows-x64; 2.0 on linux-x64"])
    }
  }

  @Test("a time that is none is refused")
  func badTime() async throws {
    let index = try TestIndex([wheel("app", "1.0")])
    try await withWorkspace(index, #""packages": {"dependencies": ["app"]}"#) { workspace in
      var requests = try workspace.requests()
      requests[0].excludeNewer = "yesterday"
      let report = try await workspace.resolver().lock(requests)
      let error = #expect(throws: ParseError.self) { try report.lock("\(Self.id)@linux-x64") }
      #expect(error?.description == "'yesterday' is not a date or time")
    }
  }

  @Test("the dependencies of a noDeps package are not followed")
  func noDeps() async throws {
    let index = try TestIndex([wheel("app", "1.0", needs: ["heavy"]), wheel("heavy", "1.0")])
    try await withWorkspace(index, #""packages": {"dependencies": ["app"], "noDeps": ["app"]}"#) {
      workspace in
      let report = try await workspace.lock()
      #expect(try report.packages("\(Self.id)@linux-x64") == ["app 1.0"])
    }
  }

  @Test("the first index that has a package wins, whatever others have")
  func firstIndexWins() async throws {
    let own = try TestIndex([wheel("private", "1.0")])
    let index = try TestIndex([wheel("private", "9.0"), wheel("app", "1.0")])
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let workspace = try TestWorkspace(
        directory,
        files: [
          "shared-config.json": "{}",
          "runenvs/\(Self.id)/config.json": """
          {"registries": {"default": "\(index.url)", "additional": ["\(own.url)"]}, "platforms": ["linux-x64"],
           "runtime": {"provider": "external"}, "packages": {"dependencies": ["private", "app"]}}
          """,
        ])
      let report = try await workspace.lock()
      #expect(try report.packages("\(Self.id)@linux-x64") == ["app 1.0", "private 1.0"])
    }
  }

  @Test("credentials of the configuration reach the index and no lock")
  func credentials() async throws {
    let index = try TestIndex([wheel("app", "1.0")], authorization: "Basic bWU6c2VjcmV0")
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let url = index.server.url("/simple", user: "me:secret")
      let workspace = try TestWorkspace(
        directory,
        files: [
          "shared-config.json": "{}",
          "runenvs/\(Self.id)/config.json": """
          {"registries": {"default": "\(url)"}, "platforms": ["linux-x64"], "runtime": {"provider": "external"},
           "packages": {"dependencies": ["app"]}}
          """,
        ])
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map(\.name.normalized) == ["app"])
      #expect(!lock.toml.contains("secret"))
      #expect(lock.inputs.fields["index"] == [index.url])
    }
  }

  @Test("a wheel for a newer system than the floor is not taken")
  func floor() async throws {
    let index = try TestIndex([
      wheel("native", "2.0", tag: "cp312-cp312-manylinux_2_34_x86_64"),
      wheel("native", "1.0", tag: "cp312-cp312-manylinux_2_12_x86_64"),
    ])
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let workspace = try TestWorkspace(
        directory,
        files: [
          "shared-config.json":
            #"{"registries": {"default": "\#(index.url)"}, "runtime": {"provider": "external"}}"#,
          "runenvs/\(Self.id)/config.json":
            #"{"platforms": {"linux-x64": {"floor": "2.28"}}, "packages": {"dependencies": ["native"]}}"#,
          "runenvs/\(Self.id)-new/config.json":
            #"{"platforms": {"linux-x64": {"floor": "2.35"}}, "packages": {"dependencies": ["native"]}}"#,
        ])
      let report = try await workspace.lock()
      #expect(try report.packages("\(Self.id)@linux-x64") == ["native 1.0"])
      #expect(try report.packages("\(Self.id)-new@linux-x64") == ["native 2.0"])
    }
  }

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

  @Test("a package that no index has is an error that says where to name another index")
  func unknownPackage() async throws {
    let index = try TestIndex([])
    try await withWorkspace(index, #""packages": {"dependencies": ["app"]}"#, shared: "{}") { workspace in
      let report = try await workspace.lock()
      let error = #expect(throws: ResolveError.self) { try report.lock("\(Self.id)@linux-x64") }
      #expect(error?.hint?.contains("registries.additional") == true)
    }
  }
}
