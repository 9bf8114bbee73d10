import ConfigMerge
import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Every recipe in `recipes/`, held to what the package index has: without it the package can't be built or doesn't work,
/// with it it is built and passes its test.
@Suite(
  "The recipes of this repository", .serialized,
  .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)), .enabled(if: Platform.host == .linuxX64))
struct BuildRecipePeerTests {
  private static let directory = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("recipes")

  static let packages: [String] = {
    // No such directory: no recipes.
    ((try? listDirectory(directory)) ?? []).filter {
      FileStatus(of: directory.appending($0))?.kind == .directory
    }
  }()

  /// A runenv with an interpreter of Debian's, which can be had for both kinds of Linux machines.
  private struct Runenv {
    let id: String
    let suite: String

    static let known = [
      Runenv(id: "python-3.11.2", suite: "bookworm"), Runenv(id: "python-3.13.5", suite: "trixie"),
    ]

    func isServed(by recipe: BuildRecipe) throws -> Bool {
      let python = try PythonVersion(parsing: String(id.dropFirst("python-".count)))
      return recipe.serves(version: nil, python: python, on: .linuxX64)
    }
  }

  private struct BuiltList: Decodable {
    struct Wheel: Decodable {
      let file: String
      let isTested: Bool
    }
    let wheels: [Wheel]
  }

  @Test("there are eight or more")
  func count() { #expect(Self.packages.count >= 8) }

  @Test("a package that fails without its recipe is built and passes the test with it", arguments: packages)
  func recipe(package: String) async throws {
    let place = Self.directory.appending(package)
    let recipe = try BuildRecipe.load(from: place, shownAs: "recipes/\(package)")
    let runenv = try #require(try Runenv.known.first { try $0.isServed(by: recipe) })
    let platforms = recipe.platforms.filter { $0 == .linuxX64 || ($0 == .linuxAArch64 && Self.hasEmulator) }
    #expect(platforms.contains(.linuxX64))
    try await inScene(try Self.files(for: recipe, runenv, platforms)) { scene in
      let scene = try Self.prepared(scene)
      try scene.write("recipes/\(package)/recipe.json", try Self.onlyTesting(recipe))
      let bare = try await scene.run("build", "--no-verify", "*@linux-x64")
      #expect(bare.status == 1, "it needs no recipe: \(bare.errors)")

      try removeTree(scene.workspace.pushing("recipes"))
      let copied = try await Processes.run(
        Command(
          "/bin/cp", ["-r", "--parents", "recipes/\(package)", scene.workspace.string],
          environment: ["PATH": "/usr/bin:/bin"], workingDirectory: Self.directory.removingLastComponent(),
          timeout: .seconds(60)))
      #expect(copied.succeeded)
      let built = try await scene.run("build", "--no-verify")
      #expect(built.status == 0, "\(built.errors)")
      let list = try await scene.run("cache", "info", "--built", "--format", "json")
      let wheels = try JSONDecoder().decode(BuiltList.self, from: Data(list.output.utf8)).wheels
      let isPure = wheels.contains { $0.file.hasSuffix("-any.whl") }
      #expect(wheels.count == (isPure ? 1 : platforms.count))
      #expect(wheels.map(\.isTested) == wheels.map { _ in true }, "\(wheels)")
    }
  }

  private static let hasEmulator = findExecutable("qemu-aarch64-static", in: "/usr/bin:/bin") != nil

  private static func files(
    for recipe: BuildRecipe, _ runenv: Runenv, _ platforms: [Platform]
  ) throws -> [String: String] {
    let names = platforms.map { "\"\($0)\"" }.joined(separator: ", ")
    return [
      "shared-config.json": """
      {"platforms": [\(names)], "runtime": {"provider": "debian", "suite": "\(runenv.suite)"},
       "packages": {"dependencies": ["\(recipe.package)\(recipe.versions ?? "")"],
                    "forceSource": {"\(recipe.package)": {"*": "to try its recipe"}}}}
      """,
      "runenvs/\(runenv.id)/config.json": "{}",
    ]
  }

  /// The recipe without all that it does: what a package would be tested by that needs none.
  private static func onlyTesting(_ recipe: BuildRecipe) throws -> String {
    struct Bare: Encodable {
      let reason: String
      let dependencies: [String]?
      let test: [String]
    }
    let bare = Bare(
      reason: recipe.reason, dependencies: recipe.dependencies?.map(\.description), test: recipe.test)
    return String(decoding: try JSONEncoder().encode(bare), as: UTF8.self)
  }

  /// The scene with the tools that ppp has fetched for this machine before, and its network.
  private static func prepared(_ scene: Scene) throws -> Scene {
    var scene = scene
    for name in [
      "SSL_CERT_FILE", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy",
    ] {
      if let value = getenv(name) { scene.environment[name] = String(cString: value) }
    }
    guard let home = getenv("HOME") else { return scene }
    try makeDirectory(scene.cache)
    let shared = FilePath(String(cString: home)).pushing(".cache/ppp")
    for name in ["tools", "uv", "zig", "toolchains"] {
      let place = shared.appending(name)
      guard FileStatus(of: place) != nil else { continue }
      #expect(symlink(place.string, scene.cache.appending(name).string) == 0)
    }
    return scene
  }
}
