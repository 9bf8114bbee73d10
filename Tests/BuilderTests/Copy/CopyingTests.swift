import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

@Suite("Copied files in bundles") struct CopyingTests {
  private let config = """
    {"packages": {"copyFiles": [
      {"from": "site/usercustomize.py", "to": "{site-packages}/"}, {"from": "files", "to": "."}
    ]}}
    """

  private func withScene(_ body: (MatrixScene) async throws -> Void) async throws {
    try await MatrixScene.with(files: ["runenvs/python-3.13.5/config.json": config]) { scene in
      let folder = "runenvs/python-3.13.5"
      try scene.write("\(folder)/site/usercustomize.py", "import alpha\n")
      try scene.write(
        "\(folder)/files/bin/tool", Array("#!/bin/sh\n".utf8), permissions: [.ownerReadWriteExecute])
      try scene.write("\(folder)/files/level", "a file of the name of a key's field")
      #expect(symlink("tool", scene.path("\(folder)/files/bin/alias").string) == 0)
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await body(scene)
    }
  }

  @Test("they are in the bundle with their modes and links")
  func copied() async throws {
    try await withScene { scene in
      #expect(try await scene.build("*@linux-x64").map(\.madeLayers) == [2])
      try await scene.unpacked { root in
        #expect(FileStatus(of: root.appending("bin/tool"))?.isExecutable == true)
        #expect(FileStatus(of: root.appending("bin/alias"), followingLinks: false)?.kind == .symlink)
        let text = try readFile(root.appending("lib/python3.13/site-packages/usercustomize.py"))
        #expect(text == Array("import alpha\n".utf8))
      }
      #expect(try await scene.build("*@linux-x64").endings == [MatrixScene.cell: "up to date"])
    }
  }

  @Test("one that changes is a change of that file, and only its layer is made")
  func changed() async throws {
    try await withScene { scene in
      try await scene.build("*@linux-x64")
      try scene.write("runenvs/python-3.13.5/files/bin/tool", "other")
      guard case .changed(let changes) = try await scene.state() else {
        Issue.record("nothing has changed")
        return
      }
      #expect(changes.map(\.key) == ["file bin/tool"])
      #expect(try await scene.build("*@linux-x64").map(\.madeLayers) == [1])
    }
  }

  @Test("one that takes the place of a wheel's file is told as a warning, and wins")
  func overwriting() async throws {
    try await withScene { scene in
      let site = "runenvs/python-3.13.5/files/lib/python3.13/site-packages"
      try scene.write("\(site)/alpha/__init__.py", "patched = True\n")
      let log = EventLog()
      try await scene.build("*@linux-x64", log: log)
      #expect(
        log.messages == [
          "\(MatrixScene.cell): copyFiles replaces 'lib/python3.13/site-packages/alpha/__init__.py' of alpha 1.0"
        ])
      try await scene.unpacked { root in
        let text = try readFile(root.appending("lib/python3.13/site-packages/alpha/__init__.py"))
        #expect(text == Array("patched = True\n".utf8))
      }
    }
  }

  @Test("one that is not what was planned fails the cell, and nothing is kept")
  func changedMeanwhile() async throws {
    try await withScene { scene in
      let bench = try scene.bench()
      let plan = try await bench.planner().plan(Selection(patterns: ["*@linux-x64"]))
      try scene.write("runenvs/python-3.13.5/files/level", "longer than it was when the build was planned")
      let results = try await MatrixBuild(bench).run(plan)
      #expect(results.endings[MatrixScene.cell]?.hasSuffix("changed while it was copied") ?? false)
      #expect(!scene.exists("dist"))
    }
  }

  @Test("a source that is not there makes the cell invalid, and the others are built")
  func missing() async throws {
    try await withScene { scene in
      try removeTree(scene.path("runenvs/python-3.13.5/site"))
      let log = EventLog()
      let results = try await scene.build("*@linux-x64", log: log)
      #expect(results.endings == [MatrixScene.cell: "copyFiles: there is no 'site/usercustomize.py'"])
      #expect(log.messages == ["copyFiles: there is no 'site/usercustomize.py'"])
    }
  }
}
