import Model
import TestSupport
import Testing

@Suite("ppp audit versions", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct AuditVersionsCommandTests {
  private static let wheels = [
    wheel("native", "1.0", tag: "cp313-cp313-macosx_11_0_arm64"),
    wheel("native", "2.0", tag: "cp313-cp313-manylinux_2_17_x86_64"), wheel("pure", "1.0"),
    wheel("pure", "2.0"),
  ]

  private static func files(_ packages: String) -> [String: String] {
    [
      "shared-config.json": """
      {"registries": {"default": "{index}"}, "runtime": {"provider": "external"},
       "platforms": ["linux-x64", "macosx-aarch64"], "packages": {\(packages)}}
      """, "runenvs/python-3.13.5-a/config.json": "{}",
    ]
  }

  @Test("a version that has no wheel on a platform explains that platform's lower one")
  func noWheel() async throws {
    try await Scene.locking(Self.wheels, Self.files(#""dependencies": ["native", "pure"]"#)) { scene, _ in
      _ = try await scene.run("lock", "--quiet")
      let ending = try await scene.run("audit", "versions")
      #expect(ending.status == 0)
      #expect(
        ending.output.contains("2.0 has no wheel for macosx-aarch64, the newest wheel is of 1.0"), "\(ending)"
      )
      #expect(!ending.output.contains("pure"))
      #expect(ending.errors == "1 package differs between the platforms of a runenv\n")
      #expect(try await scene.run("audit", "versions", "--strict").status == 1)
    }
  }

  @Test("a version that a platform's configuration asks for is told with its place")
  func configured() async throws {
    let packages = #"""
      "platformSpecific": {"linux-x64": {"dependencies": ["pure==1.0"]},
                           "macosx-aarch64": {"dependencies": ["pure==2.0"]}}
      """#
    try await Scene.locking(Self.wheels, Self.files(packages)) { scene, _ in
      _ = try await scene.run("lock", "--quiet")
      let ending = try await scene.run("audit", "versions")
      #expect(
        ending.output.contains("the configuration asks for pure==1.0  shared-config.json:2:"), "\(ending)")
    }
  }

  @Test("cells without a current lock are counted, and nothing that differs is not a finding")
  func unlocked() async throws {
    try await Scene.locking(Self.wheels, Self.files(#""dependencies": ["pure"]"#)) { scene, _ in
      let before = try await scene.run("audit", "versions", "--strict")
      #expect(before.status == 0)
      #expect(
        before.errors == "0 packages differ between the platforms of a runenv; 2 cells have no current lock\n"
      )
      let json = try await scene.run("audit", "versions", "--format", "json")
      #expect(json.output.contains("\"python-3.13.5-a@linux-x64\""))
    }
  }
}
