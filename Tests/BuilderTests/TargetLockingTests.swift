import Artifacts
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// What is locked of a build's requirements, for the platform that is built for, by a real uv.
@Suite(
  "Locking headers of another platform",
  .enabled(if: TestWorkspace.uv != nil && Platform.host == .linuxX64, "there is no uv: set PPP_TEST_UV"))
struct TargetLockingTests {
  private static let id = "python-3.12.10"

  /// The build of `app`, which is built with `headers` and `plain`, locked for a platform.
  private func build(
    of app: [String] = ["headers", "plain"], on platform: String, _ wheels: [WheelMaker],
    _ body: (TestWorkspace, LockedBuild) async throws -> Void = { _, _ in }
  ) async throws -> LockedBuild {
    let index = try TestIndex(wheels, sources: ["app-1.0.zip": source("app", "1.0", requires: app)])
    return try await withTemporaryDirectory(in: "/tmp") { directory in
      let workspace = try TestWorkspace(
        directory,
        files: [
          "shared-config.json": "{}",
          "runenvs/\(Self.id)/config.json": """
          {"registries": {"default": "\(index.url)"}, "runtime": {"provider": "external"},
           "platforms": ["\(platform)"],
           "packages": {"dependencies": ["app"], "resolution": {"allowSourceAll": true}}}
          """,
        ])
      let build = try #require(try await workspace.lock().lock("\(Self.id)@\(platform)").builds.first)
      try await body(workspace, build)
      return build
    }
  }

  private static let plain = wheel("plain", "1.0")
  private static let own = wheel("headers", "1.0", tag: "cp312-cp312-manylinux_2_17_x86_64")
  private static let others = [
    wheel("headers", "2.0", tag: "cp312-cp312-win_amd64"),
    wheel("headers", "1.0", tag: "cp311-cp311-win_amd64"),
    wheel("headers", "1.0", tag: "cp312-cp312-win_amd64"),
    wheel("headers", "1.0", tag: "cp312-cp312-macosx_10_9_x86_64"),
    wheel("headers", "1.0", tag: "cp312-cp312-macosx_99_0_arm64"),
    wheel("headers", "1.0", tag: "cp312-abi3-manylinux_2_28_aarch64"),
    wheel("headers", "1.0", tag: "cp312-cp312-manylinux_2_17_aarch64"),
  ]

  @Test(
    "of a native requirement the wheel of the same version and Python, for the platform's floor, is locked too",
    arguments: [
      ("windows-x64", ["headers-1.0-cp312-cp312-win_amd64.whl"]),
      ("macosx-x64", ["headers-1.0-cp312-cp312-macosx_10_9_x86_64.whl"]),
      ("macosx-aarch64", []),
      ("linux-aarch64", ["headers-1.0-cp312-cp312-manylinux_2_17_aarch64.whl"]),
      ("linux-x64", []),
    ])
  func targets(platform: String, expected: [String]) async throws {
    let build = try await build(on: platform, [Self.plain, Self.own] + Self.others)
    #expect(build.packages.map { "\($0.name) \($0.version ?? "")" } == ["headers 1.0", "plain 1.0"])
    #expect(build.targets.compactMap(\.file?.name) == expected)
    let digests = Self.others.filter { expected.contains($0.fileName) }.map { Digest.sha256(of: $0.bytes) }
    #expect(build.targets.compactMap(\.file?.digest) == digests)
    #expect(build.targetKeyFields == digests.map { "headers \($0.hex)" })
  }

  @Test("a lock from before loads, and has them when it is locked again, with the same requirements")
  func completed() async throws {
    let id = "\(Self.id)@windows-x64"
    _ = try await build(on: "windows-x64", [Self.plain, Self.own] + Self.others) { workspace, build in
      let cell = try CellID(parsing: id)
      let path = Lock.path(of: cell, in: workspace.root)
      var lock = try #require(try Lock.read(at: path))
      lock.builds[0].targets = []
      try lock.write(to: path)
      // Nothing asks for it to be locked again.
      #expect(try await workspace.lock().lock(id).builds[0].targets.isEmpty)
      try workspace.write(
        "shared-config.json", #"{"packages": {"skip": {"other": {"*": "not wanted"}}}}"#)
      let again = try await workspace.lock().lock(id)
      #expect(again.builds == [build])
    }
  }
}
