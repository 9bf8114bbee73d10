import Builder
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

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
