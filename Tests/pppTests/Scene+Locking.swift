import Model
import TestSupport

extension Scene {
  /// Gives the body a scene with these files that can lock: real tools, and an index of these wheels.
  ///
  /// `{index}` in a file is the index's URL.
  static func locking(
    _ wheels: [WheelMaker] = standardWheels, sources: [String: [UInt8]] = [:],
    uploads: [String: String] = [:],
    _ files: [String: String] = standardFiles, _ body: (Scene, WheelIndex) async throws -> Void
  ) async throws {
    let index = try WheelIndex(wheels, sources: sources, uploads: uploads)
    try await inScene(files.mapValues { $0.replacing("{index}", with: index.url) }) { scene in
      try RealTools.seed(scene.cache)
      try await body(scene, index)
    }
  }

  /// `alpha` needs `beta`, of which there are two versions.
  static let standardWheels = [
    wheel("alpha", "1.0", needs: ["beta"], files: ["alpha/data.txt": String(repeating: "a", count: 40_000)]),
    wheel("beta", "1.0"), wheel("beta", "2.0"),
  ]

  /// Two runenvs, three cells, no interpreter.
  static let standardFiles = [
    "shared-config.json": """
    {
      "registries": {"default": "{index}"},
      "packages": {"dependencies": ["alpha"]},
      "runtime": {"provider": "external"},
      "platforms": ["linux-x64", "macosx-aarch64"]
    }
    """,
    "runenvs/python-3.13.5-one/config.json": "{}",
    "runenvs/python-3.11.2-two/config.json": """
    {"platforms": ["linux-x64"], "packages": {"dependencies": ["beta<2"]}}
    """,
  ]

  /// Locks everything and builds it; both must go well.
  func built() async throws {
    let ending = try await run("build", "--quiet")
    guard ending.status == 0 else { throw Unexpected(ending: ending) }
  }

  struct Unexpected: Error { let ending: Ending }
}
