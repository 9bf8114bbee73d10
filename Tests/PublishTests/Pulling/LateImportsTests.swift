import Artifacts
import Catalogue
import Model
import Processes
import Publish
import SystemPackage
import TestSupport
import Testing

@testable import Layers

@Suite("Programs that run while their environment is updated")
struct LateImportsTests {
  /// What a Python does when it starts as `current/bin/python3`, and then what a program does that imports late.
  private static let program = """
    import os, site, sys
    link = sys.argv[1]
    sys.prefix = sys.exec_prefix = sys.base_prefix = sys.base_exec_prefix = link
    sys.executable = link + "/bin/python3"
    sys.path.append(link + "/lib/python3.13")
    site.PREFIXES = [link, link]
    site.addsitedir(link + "/lib/python3.13/site-packages")
    print(sys.prefix, sys.executable, *{os.path.dirname(path) for path in sys.path if "/env/" in path})
    os.unlink(link)
    os.symlink(sys.argv[2], link)
    import beta
    print(beta.__file__, *site.PREFIXES)
    """

  @Test("what a program imports late is of the tree that it was started from, its workers' Python too")
  func keepsTree() async throws {
    try await PullScene.with { scene in
      try await scene.publish(upTo: 2)
      let place = "file://\(scene.published)"
      try await scene.pull("\(PullScene.runenv)@1", from: place)
      let first = try realPath(scene.environment.current)
      try await scene.pull(from: place)
      let second = try readLink(scene.environment.current)
      _ = try await scene.environment.rollBack()
      let python = try #require(findExecutable("python3", in: "/usr/bin:/bin"))
      let result = try await Processes.run(
        checked: Command(python, ["-I", "-c", Self.program, scene.environment.current.string, second]))
      let lines = result.text.split(separator: "\n")
      let library = "\(first)/lib"
      #expect(
        Set(lines.first?.split(separator: " ") ?? [])
          == Set(["\(first)", "\(first)/bin/python3", library[...], "\(library)/python3.13"]))
      #expect(lines.last == "\(library)/python3.13/site-packages/beta/__init__.py \(first) \(first)")
    }
  }

  @Test("a tree without a Python gets nothing but its layers")
  func leavesOthers() async throws {
    try await PullScene.with { scene in
      let layer = try await scene.layer("wheel alpha 1.0", [("lib/python3.13/site-packages/alpha.py", [1])])
      let bundle = BundleFile(path: "/x", digest: .sha256(of: "x"), size: 1_000)
      let record = scene.record(of: [layer], bundle, file: "dist/x/x.tar.zst")
      let entry = try scene.publish(record, version: 1) { try readFile(scene.maker.path(of: $0.digest)) }
      try scene.publish(PublishedIndex(name: "x", sequence: 1, entries: [entry]))
      try await scene.pull(from: "file://\(scene.published)")
      let site = scene.environment.current.pushing("lib/python3.13/site-packages")
      #expect(try listDirectory(site) == ["alpha.py"])
    }
  }
}
