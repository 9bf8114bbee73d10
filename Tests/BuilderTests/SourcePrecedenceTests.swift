import Builder
import ConfigMerge
import Model
import SystemPackage
import TestSupport
import Testing

/// Which packages are built from source: skip → buildWheel → forceSource → wheel → source where allowed → omitted.
@Suite(.enabled(if: TestWorkspace.uv != nil, "there is no uv: set PPP_TEST_UV")) struct SourcePrecedenceTests
{
  private static let id = "python-3.12.10"
  private static let everywhere = #"{"*": "a reason"}"#

  /// `wheel` where a wheel is taken, `source` where it is built, by package; what is left out has no entry.
  private func decisions(
    _ index: TestIndex, _ packages: String, shared: String = "{}", on platform: String = "linux-x64"
  ) async throws -> [String: String] {
    var decisions: [String: String] = [:]
    try await withWorkspace(index, packages, shared: shared) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@\(platform)")
      for package in lock.packages {
        decisions[package.name.normalized] = package.needsBuild ? "source" : "wheel \(package.version ?? "")"
      }
    }
    return decisions
  }

  private func withWorkspace(
    _ index: TestIndex, _ packages: String, shared: String = "{}",
    _ body: (TestWorkspace) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let config = """
        {"registries": {"default": "\(index.url)"}, "runtime": {"provider": "external"},
         "platforms": ["linux-x64", "linux-aarch64"], "packages": \(packages)}
        """
      try await body(
        TestWorkspace(
          directory, files: ["shared-config.json": shared, "runenvs/\(Self.id)/config.json": config]))
    }
  }

  /// A package with a wheel and a source, and one with a source only.
  private func index() throws -> TestIndex {
    try TestIndex(
      [wheel("both", "1.0")],
      sources: ["both-1.0.zip": source("both", "1.0"), "odd-1.0.zip": source("odd", "1.0")])
  }

  @Test(
    "each rule comes before the next",
    arguments: [
      (#""skip": {"both": ALL}, "buildWheel": {"both": RULE}, "forceSource": {"both": ALL}"#, nil),
      (#""buildWheel": {"both": RULE}"#, "source"), (#""forceSource": {"both": ALL}"#, "source"),
      (#""forceSource": {"both": ALL}, "resolution": {"onlyBinaryList": ["both"]}"#, "source"),
      (#""resolution": {"forceNoBinaryList": ["both"]}"#, "source"),
      (#""resolution": {"allowSourceAll": true}"#, "wheel 1.0"), ("", "wheel 1.0"),
    ] as [(String, String?)])
  func rules(text: String, decision: String?) async throws {
    let rules = text.replacing("ALL", with: Self.everywhere)
      .replacing("RULE", with: #"{"*": {"reason": "a reason"}}"#)
    let packages = "{\"dependencies\": [\"both\"]\(rules.isEmpty ? "" : ", ")\(rules)}"
    #expect(try await decisions(index(), packages)["both"] == decision)
  }

  @Test(
    "a package without wheel is built where that is allowed, and left out where it is not",
    arguments: [
      (#"{"allowSourceAll": true}"#, "source"), (#"{"allowSourceList": ["Odd"]}"#, "source"),
      (#"{"allowSourceAll": true, "onlyBinaryList": ["odd"]}"#, nil),
      (#"{"allowSourceList": ["both"]}"#, nil),
      ("{}", nil),
    ] as [(String, String?)])
  func allowed(resolution: String, decision: String?) async throws {
    let packages = "{\"dependencies\": [\"odd\", \"both\"], \"resolution\": \(resolution)}"
    let found = try await decisions(index(), packages)
    #expect(found["odd"] == decision && found["both"] == "wheel 1.0")
  }

  @Test("what is allowed on one platform is not on another, and what all may do a platform may too")
  func platforms() async throws {
    let packages = """
      {"dependencies": ["odd", "both"],
       "platformSpecific": {"linux-aarch64": {"resolution": {"allowSourceAll": true}}}}
      """
    #expect(try await decisions(index(), packages)["odd"] == nil)
    #expect(try await decisions(index(), packages, on: "linux-aarch64")["odd"] == "source")
    let shared = #"{"packages": {"resolution": {"allowSourceAll": true, "onlyBinaryList": ["both"]}}}"#
    let own = #"{"dependencies": ["odd"], "resolution": {"allowSourceAll": false}}"#
    #expect(try await decisions(index(), own, shared: shared)["odd"] == nil)
  }

  @Test("only the named package is built: of its dependencies the newest with a wheel is taken")
  func dependencies() async throws {
    let index = try TestIndex(
      [wheel("app", "1.0", needs: ["dep"]), wheel("dep", "1.0")],
      sources: ["app-1.0.zip": source("app", "1.0", needs: ["dep"]), "dep-2.0.zip": source("dep", "2.0")])
    let packages = "{\"dependencies\": [\"app\"], \"forceSource\": {\"app\": \(Self.everywhere)}}"
    #expect(try await decisions(index, packages) == ["app": "source", "dep": "wheel 1.0"])
  }

  @Test("a dependency that has no wheel is left out, though the package that needs it is built")
  func dependencyWithoutWheel() async throws {
    let index = try TestIndex(
      [], sources: ["app-1.0.zip": source("app", "1.0", needs: ["dep"]), "dep-2.0.zip": source("dep", "2.0")])
    let packages = #"{"dependencies": ["app"], "resolution": {"allowSourceList": ["app"]}}"#
    try await withWorkspace(index, packages) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map(\.name.normalized) == ["app"])
      #expect(lock.omissions.map(\.name.normalized) == ["dep"])
    }
  }

  @Test("what a build requires is never built itself")
  func buildRequirements() async throws {
    let index = try TestIndex(
      [],
      sources: [
        "app-1.0.zip": source("app", "1.0", requires: ["helper"]), "helper-1.0.zip": source("helper", "1.0"),
      ])
    let packages = #"{"dependencies": ["app"], "resolution": {"allowSourceAll": true}}"#
    try await withWorkspace(index, packages) { workspace in
      let lock = try await workspace.lock().lock("\(Self.id)@linux-x64")
      #expect(lock.packages.map(\.name.normalized) == ["app"])
      #expect(lock.builds.isEmpty)
    }
  }

  @Test("noDeps holds for packages that are built too, and those of all runenvs are added to a runenv's own")
  func noDeps() async throws {
    let index = try TestIndex(
      [wheel("plain", "1.0", needs: ["dep"]), wheel("dep", "1.0")],
      sources: ["app-1.0.zip": source("app", "1.0", needs: ["dep"])])
    let packages = """
      {"dependencies": ["app", "plain"], "noDeps": ["app"], "resolution": {"allowSourceList": ["app"]}}
      """
    let shared = #"{"packages": {"noDeps": ["Plain"]}}"#
    #expect(try await decisions(index, packages, shared: shared) == ["app": "source", "plain": "wheel 1.0"])
  }
}
