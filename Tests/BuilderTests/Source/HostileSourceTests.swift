import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Sources and wheels that are not what they should be", .enabled(if: SourceScene.python != nil))
struct HostileSourceTests {
  @Test("a source whose bytes are not the locked ones is not built")
  func wrongDigest() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist())
      scene.matrix.replace("tiny-1.0.tar", with: scene.sdist(prologue: "import evil"))
      let problem = try await scene.problem()
      #expect(problem.message.contains("/tiny-1.0.tar' has the wrong "), "\(problem)")
      #expect(!scene.matrix.exists(scene.logFile))
    }
  }

  @Test("a wheel of another version is refused, and not kept")
  func otherVersion() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(wheelVersion: "2.0"))
      #expect(
        try await scene.problem().message
          == "building 'tiny 1.0' from source made 'tiny-2.0-py3-none-any.whl'")
      #expect(FileStatus(of: scene.matrix.cache.appending("built")) == nil)
    }
  }

  @Test(
    "a wheel for another platform or Python is refused, and not kept",
    arguments: ["win_amd64", "macosx_11_0_arm64", "py"])
  func otherPlatform(platform: String) async throws {
    try await SourceScene.with { scene in
      let own = "cp\(scene.minorVersion.replacing(".", with: ""))"
      let tag = platform == "py" ? "cp27-cp27m-linux_x86_64" : "\(own)-\(own)-\(platform)"
      try scene.lock(scene.sdist(tag: tag))
      let problem = try await scene.problem()
      #expect(problem.message.hasPrefix("building 'tiny' from source made 'tiny-1.0-"), "\(problem)")
      #expect(
        problem.message.hasSuffix(
          "', which is not for Python \(scene.minorVersion) on \(Platform.host ?? .linuxX64)"))
      #expect(problem.hint?.contains("a rule's env or configSettings may tell it") ?? false)
      #expect(FileStatus(of: scene.matrix.cache.appending("built")) == nil)
    }
  }

  @Test(
    "a backend that gives no wheel, or one from elsewhere, is told so",
    arguments: [
      "return 'gone-1.0-py3-none-any.whl'", "return '/etc/passwd'", "return '../x.whl'", "return 'x.txt'",
    ])
  func noWheel(statement: String) async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(prologue: statement))
      #expect(try await scene.problem().message == "building 'tiny' from source made no wheel")
    }
  }

  @Test(
    "a program that is missing is named, with the package that has it",
    arguments: [
      ("import subprocess; subprocess.run(['gdal-config', '--version'])", "libgdal-dev"),
      ("raise SystemExit(os.system('help2man --version 2>&1') >> 8)", "help2man"),
    ])
  func missingProgram(prologue: String, package: String) async throws {
    guard findExecutable("help2man", in: SourceScene.python?.searchPath) == nil else { return }
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(prologue: prologue))
      #expect(try await scene.problem().hint?.contains("apt install \(package)") ?? false)
    }
  }

  @Test(
    "other cells go on, whatever a build does",
    arguments: [
      "input('really? ')", "[print('x' * 1000000) for _ in range(100000)]",
      "import subprocess; subprocess.run(['sleep', '3985'])", "os._exit(3)",
      "import subprocess; subprocess.Popen(['sleep', '3984'], start_new_session=True); os._exit(3)",
    ])
  func others(prologue: String) async throws {
    let confinement = try await Confinement.strongest(searchPath: "/usr/bin:/bin")
    // Without namespaces the last one would end the tests.
    guard confinement.strength != .none else { return }
    try await SourceScene.with(config: #"{"build": {"timeout": 3}}"#) { scene in
      try scene.lock(scene.sdist(prologue: prologue))
      let good = "\(scene.runenv)-good"
      try scene.matrix.write("runenvs/\(good)/config.json", #"{"packages": {"dependencies": ["good"]}}"#)
      let file = scene.matrix.serve("good-1.0.tar", scene.sdist("good", wheelName: "good"))
      let cell = "\(good)@\(Platform.host ?? .linuxX64)"
      try scene.matrix.lock(
        [
          LockedPackage(
            name: try PackageName(parsing: "good"), version: "1.0", source: .sourceDistribution(file))
        ],
        on: cell)
      let endings = try await scene.build([scene.cell, cell]).endings
      #expect(endings[cell] == "built")
      #expect(endings[scene.cell]?.hasPrefix("building 'tiny 1.0' from source ") ?? false)
    }
  }
}
