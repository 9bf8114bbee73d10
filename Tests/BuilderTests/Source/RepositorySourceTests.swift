import Artifacts
import Catalogue
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite(
  "Packages that are named by URL",
  .enabled(if: SourceScene.python != nil && findExecutable("git", in: "/usr/bin:/bin") != nil))
struct RepositorySourceTests {
  /// A repository of one commit with these files of a source distribution; gives its URL and the commit.
  private func repository(_ scene: SourceScene, _ sdist: [UInt8]) async throws -> LockedRevision {
    let root = scene.matrix.path("repository")
    try makeDirectory(root)
    try scene.matrix.write("source.tar", sdist)
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    func run(_ program: FilePath, _ arguments: [String]) async throws -> String {
      let command = Command(
        program, arguments, environment: ["PATH": "/usr/bin:/bin"], workingDirectory: root)
      return try await Processes.run(checked: command).text
    }
    _ = try await run("/usr/bin/tar", ["xf", "../source.tar", "--strip-components=1"])
    // Neither may change what is built.
    try scene.matrix.write("repository/.gitattributes", "backend.py export-ignore\n* export-subst\n")
    for arguments in [["init", "-q", "."], ["add", "."], identity + ["commit", "-qm", "x"]] {
      _ = try await run("/usr/bin/git", arguments)
    }
    let commit = try await run("/usr/bin/git", ["rev-parse", "HEAD"]).prefix { $0 != "\n" }
    return LockedRevision(
      kind: "git", url: "file://\(root)", requested: "main", commit: String(commit), subdirectory: nil)
  }

  private func lock(_ scene: SourceScene, _ source: LockedPackage.Source, version: String? = nil) throws {
    let tiny = LockedPackage(name: try PackageName(parsing: "tiny"), version: version, source: source)
    try scene.matrix.lock([tiny], on: scene.cell)
  }

  /// The `direct_url.json` of the cell's package.
  private func directURL(_ scene: SourceScene) async throws -> String {
    var text = ""
    try await scene.unpackedWheel { directory in
      let path = directory.pushing("tiny-1.0.dist-info/direct_url.json")
      text = String(decoding: try readFile(path), as: UTF8.self)
    }
    return text
  }

  @Test("a commit is built, says where it comes from, and is on record with what it was built from")
  func commit() async throws {
    try await SourceScene.with { scene in
      let revision = try await repository(scene, scene.sdist())
      try lock(scene, .revision(revision))
      let endings = try await scene.build().endings
      #expect(endings == [scene.cell: "built"])
      let expected =
        #"{"url":"\#(revision.url)","vcs_info":{"commit_id":"\#(revision.commit)","requested_revision":"main","vcs":"git"}}"#
      #expect(try await directURL(scene) == expected)
      let record = try #require(try await scene.matrix.record(scene.cell))
      let source = try #require(record.artifacts.first { $0.role == .package })
      #expect(source.url == "git+\(revision.url)@\(revision.commit)")
      #expect(source.fileName == "tiny-\(revision.commit).tar" && source.size > 0)
      #expect(FileStatus(of: ArtifactStore(cache: scene.matrix.cache).path(of: source.digest)) != nil)
    }
  }

  @Test("a repository is asked once for a commit")
  func once() async throws {
    try await SourceScene.with { scene in
      try lock(scene, .revision(try await repository(scene, scene.sdist())))
      try await scene.build()
      try removeTree(scene.matrix.path("repository"))
      try removeTree(scene.matrix.path("dist"))
      let name = try PackageName(parsing: "tiny")
      #expect(try await scene.build(rebuilding: [name]).endings == [scene.cell: "built"])
    }
  }

  @Test(
    "a folder of a repository is built; the version that the lock has is told to those who read it from history"
  )
  func folder() async throws {
    let check = "assert os.environ['SETUPTOOLS_SCM_PRETEND_VERSION'] == '1.0'"
    try await SourceScene.with { scene in
      var revision = try await repository(scene, scene.sdist(prologue: check, folder: "packages/tiny"))
      revision.subdirectory = "packages/tiny"
      try lock(scene, .revision(revision), version: "1.0")
      #expect(try await scene.build().endings == [scene.cell: "built"])
      #expect(try await directURL(scene).hasPrefix(#"{"subdirectory":"packages/tiny","url":"#))
    }
  }

  @Test(
    "a commit that is not there, or none, is an error that names it",
    arguments: [String(repeating: "0", count: 40), "--upload-pack=touch /tmp/x", "main"])
  func unknown(commit: String) async throws {
    try await SourceScene.with { scene in
      var revision = try await repository(scene, scene.sdist())
      revision.commit = commit
      try lock(scene, .revision(revision))
      let problem = try await scene.problem()
      #expect(problem.message == "'\(revision.url)' has no branch, tag or commit '\(commit)'")
    }
  }

  @Test("without git the message says so")
  func noGit() async throws {
    try await SourceScene.with { scene in
      let revision = LockedRevision(
        kind: "git", url: "file:///nonexistent", requested: nil, commit: String(repeating: "0", count: 40),
        subdirectory: nil)
      try lock(scene, .revision(revision))
      let problem = try await scene.problem(searchPath: "/nonexistent")
      #expect(problem.message == "git is needed for 'file:///nonexistent' and is not installed")
    }
  }

  @Test("an archive on this machine is built, and says where it comes from")
  func archive() async throws {
    try await SourceScene.with { scene in
      let bytes = scene.sdist()
      try scene.matrix.write("tiny.tar", bytes)
      let url = "file://\(scene.matrix.path("tiny.tar"))"
      let file = LockedFile(name: "tiny.tar", url: url, digest: Digest.sha256(of: bytes))
      try lock(scene, .archive(file, subdirectory: nil))
      #expect(try await scene.build().endings == [scene.cell: "built"])
      #expect(
        try await directURL(scene)
          == #"{"archive_info":{"hashes":{"sha256":"\#(file.digest.hex)"}},"url":"\#(url)"}"#)
    }
  }

  @Test("a wheel named by URL says where it comes from, and one of an index says nothing")
  func wheelFile() async throws {
    for isNamed in [true, false] {
      try await SourceScene.with { scene in
        let made = wheel("tiny", "1.0")
        let file = scene.matrix.serve(made.fileName, made.bytes)
        try lock(scene, isNamed ? .archive(file, subdirectory: nil) : .wheel(file), version: "1.0")
        #expect(try await scene.build().endings == [scene.cell: "built"])
        try await scene.unpackedWheel { directory in
          let path = directory.pushing("tiny-1.0.dist-info/direct_url.json")
          #expect((FileStatus(of: path) != nil) == isNamed)
        }
      }
    }
  }
}
