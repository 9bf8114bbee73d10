import Artifacts
import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

/// The Python that builds, as in `3.11`.
private let buildingPython: String? = (9...14).map { "3.\($0)" }
  .first { findExecutable("python\($0)", in: "/usr/bin:/bin") != nil }

@Suite(
  "Wheels that were built from source",
  .enabled(if: RealTools.arePresent && buildingPython != nil, Comment(rawValue: RealTools.why)))
struct BuiltWheelCommandTests {
  private static let wheelName = "tiny-1.0-py3-none-any.whl"

  private static var config: [String: String] {
    [
      "shared-config.json": """
      {
        "registries": {"default": "{index}"},
        "packages": {"dependencies": ["tiny"], "forceSource": {"tiny": {"*": "it has no wheel"}}},
        "runtime": {"provider": "external"},
        "platforms": ["linux-x64", "macosx-aarch64"]
      }
      """,
      "runenvs/python-\(buildingPython ?? "").1/config.json": "{}",
    ]
  }

  /// A source distribution that brings its backend, which has the wheel ready.
  private static var source: [UInt8] {
    let backend = """
      import os, shutil

      def build_wheel(folder, config_settings=None, metadata_directory=None):
          return os.path.basename(shutil.copy("prebuilt", os.path.join(folder, "\(wheelName)")))

      """
    var zip = ZipMaker()
    zip.addFile("tiny-1.0/PKG-INFO", "Metadata-Version: 2.2\nName: tiny\nVersion: 1.0\n")
    zip.addFile(
      "tiny-1.0/pyproject.toml",
      """
      [build-system]
      requires = []
      build-backend = "backend"
      backend-path = ["."]
      [project]
      name = "tiny"
      version = "1.0"

      """)
    zip.addFile("tiny-1.0/backend.py", backend)
    zip.addFile("tiny-1.0/prebuilt", wheel("tiny", "1.0").bytes, mode: 0o644)
    return zip.bytes
  }

  private func with(_ body: (Scene) async throws -> Void) async throws {
    try await Scene.locking([], sources: ["tiny-1.0.zip": Self.source], Self.config) { scene, _ in
      try await body(scene)
    }
  }

  private struct List: Decodable {
    struct Wheel: Decodable {
      let file: String
      let digest: String
      let source: String?
      let sourceDigest: String?
      let size: Int?
    }
    let wheels: [Wheel]
  }

  private func list(_ scene: Scene) async throws -> [List.Wheel] {
    let ending = try await scene.run("cache", "info", "--built", "--format", "json")
    return try JSONDecoder().decode(List.self, from: Data(ending.output.utf8)).wheels
  }

  @Test("they are listed with what they were made from, and copied to where another machine takes them from")
  func moving() async throws {
    try await with { scene in
      #expect(
        try await scene.run("cache", "info", "--built").output == "no wheel was built from source yet\n")
      try await scene.built()
      let built = try await list(scene)
      #expect(built.map(\.file) == [Self.wheelName] && built.first?.source == "tiny-1.0.zip")
      #expect(built.first?.sourceDigest == Digest.sha256(of: Self.source).description)
      let shown = try await scene.run("cache", "info", "--built", "--export", "../wheels")
      #expect(shown.output.contains(Self.wheelName), "\(shown)")
      var wheel = scene.directory.appending("wheels").appending(Self.wheelName)
      #expect(Digest.sha256(of: try readFile(wheel)).description == built.first?.digest)

      // What is there under that name is somebody's.
      try writeAtomically(Array("another".utf8), to: wheel)
      let aside = try await scene.run("cache", "info", "--built", "--export", "../wheels")
      let folder = try Digest(parsing: built.first?.digest ?? "").hex.prefix(12)
      #expect(
        aside.errors.contains("warning: '../wheels' has another '\(Self.wheelName)'; this one is '\(folder)/")
      )
      #expect(try readFile(wheel) == Array("another".utf8))
      wheel = wheel.removingLastComponent().appending(String(folder)).appending(Self.wheelName)
      #expect(Digest.sha256(of: try readFile(wheel)).description == built.first?.digest)

      // Another machine: nothing in its cache but programs.
      var other = scene
      other.environment["PPP_CACHE_DIR"] = scene.directory.appending("other").string
      try RealTools.seed(scene.directory.appending("other"))
      try removeTree(scene.workspace.appending("dist"))
      try removeTree(scene.workspace.appending(".ppp"))
      let refused = try await other.run("build", "--no-build")
      #expect(refused.status == 1 && refused.errorCount == 2, "\(refused)")
      #expect(refused.errors.contains("'tiny 1.0' has to be built from source, and --no-build forbids that"))
      #expect(refused.errors.contains("hint: leave --no-build out"))
      let added = try await other.run("cache", "add", wheel.string)
      #expect(added.output == "\(Self.wheelName) \(built.first?.digest ?? "")\n" && added.status == 0)
      let taken = try await other.run("build", "--no-build")
      #expect(taken.status == 0, "\(taken)")
      #expect(try await list(other).map(\.source) == [nil])
    }
  }

  @Test("--rebuild builds a package again, and what has it; a package that nobody builds is an error")
  func rebuilding() async throws {
    try await with { scene in
      try await scene.built()
      let idle = try await scene.run("build")
      #expect(idle.output.contains("2 up to date"), "\(idle)")
      let again = try await scene.run("build", "--rebuild", "tiny", "--progress", "plain")
      #expect(again.status == 0 && again.output.contains("2 built"), "\(again)")
      let steps = again.errors.split(separator: "\n").filter {
        $0.contains("tiny 1.0") && $0.contains("build")
      }
      #expect(steps.count == 1, "\(again.errors)")
      #expect(try await scene.run("build").output.contains("2 up to date"))
      let unknown = try await scene.run("build", "--rebuild", "alpha")
      #expect(unknown.status == 1, "\(unknown)")
      #expect(unknown.errors.contains("error: no selected cell builds 'alpha' from source"))
      #expect(unknown.errors.contains("hint: 'packages.forceSource.alpha' makes it so"))
    }
  }
}

@Suite("ppp cache add: wheels that are none, or other ones") struct HostileWheelTests {
  private func add(_ name: String, _ bytes: [UInt8]?) async throws -> Scene.Ending {
    var ending: Scene.Ending?
    try await inScene { scene in
      if let bytes { try writeAtomically(bytes, to: scene.workspace.appending(name)) }
      ending = try await scene.run("cache", "add", name)
      #expect(
        try await scene.run("cache", "info", "--built").output == "no wheel was built from source yet\n")
    }
    return try #require(ending)
  }

  @Test(
    "a file that is missing, no wheel or no archive is refused",
    arguments: [
      ("tiny-1.0-py3-none-any.whl", nil, "tiny-1.0-py3-none-any.whl"),
      ("tiny.zip", Array("PK".utf8), "'tiny.zip' is not a wheel's file name"),
      ("tiny-1.0-py3.whl", Array("PK".utf8), "has 3 of the 5 parts of a file name"),
      ("tiny-1.0-py3-none-any.whl", Array("no archive".utf8), "cannot be read"),
    ] as [(String, [UInt8]?, String)])
  func noWheel(name: String, bytes: [UInt8]?, message: String) async throws {
    let ending = try await add(name, bytes)
    #expect(ending.status == 1 && ending.errorCount == 1, "\(ending)")
    #expect(ending.errors.contains(message) && ending.output == "", "\(ending)")
  }

  @Test("a wheel of another name or version than its file's is refused")
  func otherWheel() async throws {
    let ending = try await add("tiny-1.0-py3-none-any.whl", wheel("large", "2.0").bytes)
    #expect(
      ending.status == 1 && ending.errors.contains("which is not its own name and version"), "\(ending)")
  }

  @Test(
    "a wheel for a platform that no environment is made for is refused, and those there are are named",
    arguments: [
      "cp311-cp311-win32", "cp311-cp311-musllinux_1_2_x86_64", "cp311-cp311-manylinux_2_17_ppc64le",
    ])
  func wrongPlatform(tag: String) async throws {
    let made = wheel("tiny", "1.0", tag: tag)
    let ending = try await add(made.fileName, made.bytes)
    #expect(ending.status == 1 && ending.errors.contains("environments are made for none such"), "\(ending)")
    #expect(ending.errors.contains("hint: platforms are linux-x64, "))
  }

  @Test("a wheel that was changed after it was exported is refused, whether its size is the same or not")
  func tampered() async throws {
    for text in ["version = '1.1'\n", "version = '1.0'; import os\n"] {
      var made = wheel("tiny", "1.0")
      let honest = WheelMaker.recordLine("tiny/__init__.py", made.files["tiny/__init__.py"] ?? [])
      made.files["tiny/__init__.py"] = Array(text.utf8)
      made.recordOverrides["tiny/__init__.py"] = honest
      let ending = try await add(made.fileName, made.bytes)
      #expect(ending.status == 1 && ending.errors.contains("its RECORD says"), "\(ending)")
    }
  }
}
