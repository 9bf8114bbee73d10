import Artifacts
import Catalogue
import ConfigMerge
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Packages built from source", .enabled(if: SourceScene.python != nil)) struct SourceBuildTests {
  private var other: Platform { Platform.host == .linuxX64 ? .linuxAArch64 : .linuxX64 }

  @Test("a source is built once for all platforms when its wheel has no native code, and its log is kept")
  func pure() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(), on: [Platform.host ?? .linuxX64, other])
      let log = EventLog()
      let results = try await scene.build(["*"], log: log)
      #expect(Set(results.endings.values) == ["built"], "\(results.endings)")
      #expect(log.started(.buildFromSource) == ["tiny 1.0"])
      let logs = try scene.matrix.tree(".ppp/logs")
      #expect(logs.count == 1 && (logs.first?.hasSuffix("-tiny.log") ?? false))
      try await scene.matrix.unpacked(scene.cell) { root in
        let text = try readFile(
          root.appending("lib/python\(scene.minorVersion)/site-packages/tiny/__init__.py"))
        #expect(text == Array("built = True\n".utf8))
      }
      try removeTree(scene.matrix.path("dist"))
      try removeTree(scene.matrix.cache.appending("layers"))
      let second = EventLog()
      #expect(Set(try await scene.build(["*"], log: second).endings.values) == ["built"])
      #expect(second.started(.buildFromSource) == [])
    }
  }

  @Test("a wheel that is gone from the store is built again")
  func storeGone() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist())
      #expect(try await scene.build().endings == [scene.cell: "built"])
      for place in ["layers", "artifacts"] { try removeTree(scene.matrix.cache.appending(place)) }
      try removeTree(scene.matrix.path("dist"))
      let log = EventLog()
      #expect(try await scene.build(log: log).endings == [scene.cell: "built"])
      #expect(log.started(.buildFromSource) == ["tiny 1.0"])
    }
  }

  @Test(
    "an archive named by URL is built from the folder that the URL names",
    arguments: ["packages/tiny", "../x"])
  func archive(subdirectory: String) async throws {
    try await SourceScene.with { scene in
      let file = scene.matrix.serve("all-main.tar", scene.sdist(folder: "packages/tiny"))
      let name = try PackageName(parsing: "tiny")
      try scene.matrix.lock(
        [LockedPackage(name: name, version: nil, source: .archive(file, subdirectory: subdirectory))],
        on: scene.cell)
      if subdirectory == "../x" {
        #expect(try await scene.problem().message == "the source of 'tiny' has no folder '../x'")
      } else {
        #expect(try await scene.build().endings == [scene.cell: "built"])
        #expect(try await scene.matrix.record(scene.cell)?.packages.first?.version == "1.0")
      }
    }
  }

  @Test("native code for this machine fits no other platform", .enabled(if: SourceScene.hasZig))
  func native() async throws {
    try await SourceScene.with { scene in
      let abi = "cp\(scene.minorVersion.replacing(".", with: ""))-abi3"
      let tag = "\(abi)-linux_x86_64"
      try scene.lock(scene.sdist(tag: tag), on: [Platform.host ?? .linuxX64, other])
      let problem = try await scene.problem("*@\(other)")
      #expect(
        problem.message
          == "building 'tiny' from source made 'tiny-1.0-\(tag).whl', which is not for Python \(scene.minorVersion) on \(other)"
      )
      #expect(problem.hint?.contains("by other means than 'sysconfig'") ?? false)
    }
  }

  @Test("a wheel of another name is refused, and not kept")
  func otherName() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(wheelName: "small"))
      #expect(
        try await scene.problem().message
          == "building 'tiny 1.0' from source made 'small-1.0-py3-none-any.whl'")
      #expect(FileStatus(of: scene.matrix.cache.appending("built")) == nil)
    }
  }

  @Test("a build that fails quotes its last lines, and says where the log is")
  func failing() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist(prologue: "sys.exit('no compiler that knows Fortran')"))
      let problem = try await scene.problem()
      #expect(problem.message.hasPrefix("building 'tiny 1.0' from source failed:\n"))
      #expect(problem.message.contains("no compiler that knows Fortran"))
      #expect(problem.hint == "the whole log is in '\(scene.logFile)'")
      #expect(try scene.matrix.text(scene.logFile).contains("no compiler that knows Fortran"))
    }
  }

  @Test("a build that takes too long is ended")
  func timeout() async throws {
    try await SourceScene.with(config: #"{"build": {"timeout": 2}}"#) { scene in
      try scene.lock(scene.sdist(prologue: "__import__('time').sleep(600)"))
      #expect(
        try await scene.problem().message.hasPrefix("building 'tiny 1.0' from source did not end in time"))
    }
  }

  @Test("what a rule requires stands in for what the package asks for, and its settings reach the backend")
  func rule() async throws {
    let config = """
      {"build": {"compressionLevel": 1}, "packages": {"buildWheel": {"tiny": {"*": {
        "reason": "it asks for too much", "buildRequires": ["helper @ file:///HELPER"],
        "configSettings": ["place={packageRoot}/x"]
      }}}}}
      """
    try await SourceScene.with { scene in
      let helper = wheel("helper", "1.0")
      try scene.matrix.write(helper.fileName, helper.bytes)
      let place = scene.matrix.path(helper.fileName).string
      try scene.matrix.write(
        "runenvs/\(scene.runenv)/config.json", config.replacing("file:///HELPER", with: "file://\(place)"))
      try scene.lock(scene.sdist(requires: "\"not-on-any-index==99\"", prologue: "import helper"))
      let endings = try await scene.build().endings
      #expect(endings == [scene.cell: "built"])
      #expect(
        try scene.matrix.text(scene.logFile)
          .contains("settings [('place', '\(scene.matrix.root)/runenvs/\(scene.runenv)/x')]"))
    }
  }

  @Test("a rule's flags for the compiler come after ppp's own, and its other variables stand as they are")
  func flags() async throws {
    let rule = #"{"reason": "r", "env": {"CFLAGS": "-O1", "LDFLAGS": "-lm", "PLACE": "x"}}"#
    try await SourceScene.with(config: #"{"packages": {"buildWheel": {"tiny": {"*": \#(rule)}}}}"#) { scene in
      let assertions = [
        "environ['CFLAGS'].startswith('-g0 -ffile-prefix-map=')", "environ['CFLAGS'].endswith(' -O1')",
        "environ['LDFLAGS'].split()[-1] == '-lm'", "environ['PLACE'] == 'x'",
      ]
      let prologue = "from os import environ; assert \(assertions.joined(separator: " and "))"
      try scene.lock(scene.sdist(prologue: prologue))
      #expect(try await scene.build().endings == [scene.cell: "built"])
    }
  }

  @Test("without an interpreter the cell says what to configure")
  func noInterpreter() async throws {
    try await SourceScene.with { scene in
      try scene.lock(scene.sdist())
      let bench = try scene.matrix.bench(searchPath: "/nonexistent")
      let plan = try await bench.planner().plan(Selection(patterns: [scene.cell]))
      let results = try await MatrixBuild(bench).run(plan)
      #expect(
        results.endings[scene.cell]
          == "'tiny' has to be built from source, and there is no Python \(scene.minorVersion) to do it with")
    }
  }
}

@Suite struct BuildSystemTests {
  @Test("what a project file says about building")
  func stated() throws {
    let system = try BuildSystem(
      projectFile: Array(
        "[build-system]\nrequires = [\"a>=1\"]\nbuild-backend = \"b:c\"\nbackend-path = [\"x\"]\n".utf8))
    #expect(system.requires == ["a>=1"] && system.backend == "b:c" && system.backendPath == ["x"])
  }

  @Test("a project without one is built by setuptools as in the old days")
  func legacy() throws {
    let system = try BuildSystem(projectFile: Array("[project]\nname = \"x\"\n".utf8))
    #expect(system.backend == "setuptools.build_meta:__legacy__")
    #expect(system.requires == ["setuptools>=40.8.0"])
  }
}
