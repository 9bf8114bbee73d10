import Artifacts
import Binaries
import Catalogue
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// These need the zig that a ppp here has fetched; `make test-peers` fetches it.
@Suite(
  "Native code built for another platform", .enabled(if: SourceScene.python != nil && SourceScene.hasZig))
struct CrossBuildTests {
  @Test(
    "a C extension for linux-aarch64 is compiled here, at the floor's glibc, with the name that Python looks for there"
  )
  func arm() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource(), on: [.linuxAArch64])
      let cell = "\(scene.runenv)@linux-aarch64"
      let endings = try await scene.build([cell]).endings
      #expect(endings == [cell: "built"])
      try await scene.unpackedWheel(cell) { directory in
        let name = try #require(try listDirectory(directory).first { $0.hasPrefix("tiny.") })
        #expect(
          name == "tiny.cpython-\(scene.minorVersion.replacing(".", with: ""))-aarch64-linux-gnu.so")
        guard case .elf(let file) = try NativeFile.inspect(directory.appending(name)) else {
          Issue.record("no ELF file")
          return
        }
        #expect(file.machine == .aarch64)
        #expect(file.highestVersion("GLIBC") ?? SymbolVersion(2, 17) <= SymbolVersion(2, 28))
        let description = try readFile(directory.appending("tiny-1.0.dist-info").appending("WHEEL"))
        #expect(String(decoding: description, as: UTF8.self).contains("manylinux_2_17_aarch64"))
      }
      #expect(try scene.matrix.text(".ppp/logs/\(cell)-tiny.log").contains("zig "))
    }
  }

  @Test("what turns out to compile, though no file of it says so, is compiled for each platform, once")
  func unseen() async throws {
    try await SourceScene.with { scene in
      let source = scene.cSource(prologue: "os.rename('tiny.template', 'tiny.c')", file: "tiny.template")
      try scene.lock(source, on: [.linuxX64, .linuxAArch64])
      let cells = [Platform.linuxX64, .linuxAArch64].map { "\(scene.runenv)@\($0)" }
      #expect(try await scene.build(cells).endings == [cells[0]: "built", cells[1]: "built"])
      let wheels = try BuiltWheels(store: ArtifactStore(cache: scene.matrix.cache)).list().map(
        \.note.fileName)
      #expect(wheels.count { $0.hasSuffix("_aarch64.whl") } == 1)
      try removeTree(scene.matrix.path("dist"))
      let log = EventLog()
      #expect(try await scene.build([cells[1]], log: log).endings == [cells[1]: "built"])
      #expect(log.started(.buildFromSource).isEmpty)
    }
  }

  @Test("a build sees the other platform in sysconfig, platform and os")
  func answers() async throws {
    let check = """
      import platform; seen = (sysconfig.get_platform(), platform.machine(), os.uname().machine, sys.platform); \
      assert seen == ('linux-aarch64', 'aarch64', 'aarch64', 'linux'), seen
      """
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource(prologue: check), on: [.linuxAArch64])
      let cell = "\(scene.runenv)@linux-aarch64"
      let endings = try await scene.build([cell]).endings
      #expect(endings == [cell: "built"])
    }
  }

  @Test("a package that runs what it has compiled is told so")
  func runsItsProduct() async throws {
    let product = """
      open('p.c', 'w').write('int main(void) { return 0; }'); \
      subprocess.run(shlex.split(os.environ['CC']) + ['p.c', '-o', 'p'], check=True); subprocess.run(['./p'])
      """
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource(prologue: product), on: [.linuxAArch64])
      let problem = try await scene.problem("*@linux-aarch64")
      #expect(problem.hint?.contains("it runs what it has compiled while it builds") ?? false)
    }
  }

  @Test("what can't be compiled for another platform is refused before anything runs")
  func refused() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.cSource(files: ["solver.f90": "end"]), on: [.linuxAArch64])
      let problem = try await scene.problem("*@linux-aarch64")
      #expect(
        problem.message
          == "'tiny' can't be built for linux-aarch64 on this machine: it has Fortran code, and zig compiles C and C++"
      )
      #expect(problem.hint?.contains("ppp cache add") ?? false)
    }
  }
}
