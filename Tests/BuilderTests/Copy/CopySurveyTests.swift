import ConfigMerge
import Model
import SystemPackage
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

@Suite struct CopySurveyTests {
  /// The survey of these rules in a scene with some files to copy.
  private func survey(
    _ rules: String, on platform: Platform = .linuxX64,
    _ prepare: (MatrixScene) throws -> Void = { _ in }
  ) async throws -> CopySurvey {
    var survey: CopySurvey?
    let config = #"{"platforms": ["linux-x64", "windows-x64"], "packages": {"copyFiles": [\#(rules)]}}"#
    try await MatrixScene.with(shared: "{}", files: ["runenvs/python-3.13.5/config.json": config]) { scene in
      let folder = "runenvs/python-3.13.5"
      try scene.write("\(folder)/data/one.txt", "one")
      try scene.write("\(folder)/data/deep/two.txt", "two")
      try scene.write("\(folder)/data/größe ü.txt", "three")
      try scene.write("\(folder)/tool", Array("#!/bin/sh\n".utf8), permissions: [.ownerReadWriteExecute])
      try prepare(scene)
      let cell = CellID(runenv: "python-3.13.5", platform: platform)
      survey = CopySurvey(try #require(Workspace.load(at: scene.root).recipe(for: cell)))
    }
    return try #require(survey)
  }

  private func link(_ name: String, to target: String) -> (MatrixScene) throws -> Void {
    { scene in
      let path = scene.path("runenvs/python-3.13.5/\(name)")
      guard symlink(target, path.string) == 0 else {
        throw FileError(verb: "link", path: path, cause: Errno(rawValue: errno))
      }
    }
  }

  @Test(
    "where files go",
    arguments: [
      (
        #"{"from": "data", "to": "share/x"}"#,
        ["share/x/deep/two.txt", "share/x/größe ü.txt", "share/x/one.txt"]
      ),
      (#"{"from": "data/", "to": "."}"#, ["deep/two.txt", "größe ü.txt", "one.txt"]),
      (#"{"from": "data/one.txt", "to": "etc/"}"#, ["etc/one.txt"]),
      (#"{"from": "data/one.txt", "to": "etc"}"#, ["etc"]),
      (#"{"from": "data/deep", "to": "a/./b/../c"}"#, ["a/c/two.txt"]),
      (#"{"from": "tool", "to": "bin/"}, {"from": "data/deep", "to": "bin"}"#, ["bin/tool", "bin/two.txt"]),
    ])
  func places(rules: String, paths: [String]) async throws {
    let survey = try await survey(rules)
    #expect(survey.problems.isEmpty && survey.files.map(\.path) == paths)
  }

  @Test(
    "{site-packages} is the platform's",
    arguments: [
      (Platform.linuxX64, "lib/python3.13/site-packages/x/two.txt"),
      (.windowsX64, "Lib/site-packages/x/two.txt"),
    ])
  func sitePackages(platform: Platform, path: String) async throws {
    let survey = try await survey(#"{"from": "data/deep", "to": "{site-packages}/x"}"#, on: platform)
    #expect(survey.files.map(\.path) == [path])
  }

  @Test("the executable bit is kept, and a later rule's file takes the place of an earlier one's")
  func content() async throws {
    let survey = try await survey(
      #"{"from": "data/one.txt", "to": "x"}, {"from": "tool", "to": "x"}"#)
    guard case .file(_, let size, let isExecutable)? = survey.files.first?.content else {
      Issue.record("it is no file")
      return
    }
    #expect(survey.files.count == 1 && size == 10 && isExecutable)
  }

  @Test("links in a folder are kept as links, to whatever is inside the environment")
  func links() async throws {
    let survey = try await survey(
      #"{"from": "data", "to": "a/b"}"#, link("data/deep/up", to: "../../one.txt"))
    #expect(survey.files.first { $0.path == "a/b/deep/up" }?.content == .symlink(target: "../../one.txt"))
  }

  @Test(
    "a link that leads out is refused at its rule",
    arguments: ["/etc/passwd", "../../../x", "a/../../../../x"])
  func linkOut(target: String) async throws {
    let survey = try await survey(#"{"from": "data", "to": "a"}"#, link("data/deep/out", to: target))
    let problem = try #require(survey.problems.first)
    #expect(problem.message.contains("deep/out' points at '\(target)'") && problem.position != nil)
  }

  @Test("a source that is not there is told at its place in the configuration")
  func missing() async throws {
    let survey = try await survey(#"{"from": "none", "to": "x"}, {"from": "data", "to": "y"}"#)
    #expect(survey.problems.map(\.message) == ["copyFiles: there is no 'none'"])
    let position = try #require(survey.problems.first?.position)
    #expect(position.file == "runenvs/python-3.13.5/config.json" && position.line == 1)
    #expect(survey.files.count == 3)
  }

  @Test("a link inside the folder does not make what is outside of it a source")
  func sourceOutside() async throws {
    let survey = try await survey(#"{"from": "out/passwd", "to": "x"}"#, link("out", to: "/etc"))
    #expect(survey.problems.first?.message.contains("'out/passwd' leads out of '") ?? false)
    #expect(survey.files.isEmpty)
  }

  @Test("pipes, and names that are not UTF-8, are refused instead of left out", arguments: [true, false])
  func special(isPipe: Bool) async throws {
    let survey = try await survey(#"{"from": "data", "to": "x"}"#) { scene in
      let folder = scene.path("runenvs/python-3.13.5/data").string
      if isPipe {
        #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      } else {
        let name: [CChar] = "\(folder)/f".utf8.map { CChar(bitPattern: $0) } + [-1, 0]
        let descriptor = creat(name, 0o600)
        #expect(close(descriptor) == 0)
      }
    }
    #expect(survey.problems.first?.message.contains("is neither a file, a directory nor a link") ?? false)
  }
}
