import ConfigMerge
import Model
import Modules
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Modules in git repositories") struct GitSourceTests {
  @Test(
    "a tag, a branch, a commit and the repository's own branch are found, pinned by commit, and fetched once")
  func revisions() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", "1.0", in: "repository/modules/etl")
      let first = try await scene.commit("repository", tag: "v1.0")
      try scene.module("etl", "2.0", in: "repository/modules/etl")
      let second = try await scene.commit("repository")
      let url = "git+file://\(scene.root)/repository"
      for (revision, version, commit) in [
        ("@v1.0", "1.0", first), ("@main", "2.0", second), ("", "2.0", second), ("@\(first)", "1.0", first),
        ("@refs/tags/v1.0", "1.0", first),
      ] {
        let found = try await scene.shelf("\(url)\(revision)#subdirectory=modules").find(reference("etl"))
        #expect(found.manifest.version.description == version)
        #expect(found.revision == commit)
        #expect(found.reference == "\(url)@\(commit)#subdirectory=modules/etl")
        #expect(try scene.text(found) == "etl \(version)\n")
        #expect(
          found.manifest.file
            == "\(url)\(revision)/modules/modules/etl/module.json".replacing(
              "modules/modules", with: "modules"))
      }
      #expect(scene.events.fetches == 2)
      try removeTree(scene.root.appending("repository"))
      let again = try await scene.shelf().module(atReference: "\(url)@\(first)#subdirectory=modules/etl")
      #expect(try scene.text(again) == "etl 1.0\n")
    }
  }

  @Test("a branch that has moved on is fetched anew")
  func moving() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", "1.0", in: "repository")
      try await scene.commit("repository")
      let url = "git+file://\(scene.root)/repository@main"
      #expect(try await scene.shelf(url).find(reference("etl")).manifest.version.description == "1.0")
      try scene.module("etl", "1.1", in: "repository")
      try await scene.commit("repository")
      #expect(try await scene.shelf(url).find(reference("etl")).manifest.version.description == "1.1")
    }
  }

  @Test("when the repository is gone, what was fetched before is used with a warning, and offline without")
  func gone() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", "1.0", in: "repository")
      try await scene.commit("repository", tag: "v1")
      let url = "git+file://\(scene.root)/repository"
      _ = try await scene.shelf("\(url)@v1").find(reference("etl"))
      #expect(rename(scene.root.appending("repository").string, scene.root.appending("away").string) == 0)
      #expect(
        try await scene.shelf("\(url)@v1", offline: true).find(reference("etl")).manifest.name.description
          == "etl")
      #expect(scene.events.diagnostics.isEmpty)
      #expect(try await scene.shelf("\(url)@v1").find(reference("etl")).manifest.version.description == "1.0")
      #expect(scene.events.diagnostics.map(\.severity) == [.warning])
      #expect(scene.events.diagnostics[0].hint?.contains("from the cache is used") == true)
      let error = await #expect(throws: SourceError.self) {
        try await scene.shelf("\(url)@v2").find(reference("etl"))
      }
      guard case .unreachable(let shown, _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(shown == "file://\(scene.root)/repository")
      await #expect(throws: SourceError.offline("file://\(scene.root)/repository")) {
        try await scene.shelf("\(url)@v2", offline: true).find(reference("etl"))
      }
    }
  }

  @Test("an unknown revision offers the nearest, and part of a commit asks for the whole")
  func unknown() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", "1.0", in: "repository")
      let commit = try await scene.commit("repository", tag: "v1.0.0")
      let url = "git+file://\(scene.root)/repository"
      func hint(_ revision: String) async throws -> String? {
        let error = await #expect(throws: SourceError.self) {
          try await scene.shelf("\(url)@\(revision)").find(reference("etl"))
        }
        guard case .unknownRevision? = error else { return "\(String(describing: error))" }
        return error?.hint
      }
      #expect(try await hint("v1.0.1") == "did you mean 'v1.0.0'?")
      #expect(try await hint(String(commit.prefix(9))) == "write all 40 digits of a commit")
      #expect(try await hint(String(repeating: "a", count: 40)) == "see its tags with 'git ls-remote'")
      await #expect(throws: SourceError.missingSubdirectory("x", source: "\(url)#subdirectory=x")) {
        try await scene.shelf("\(url)#subdirectory=x").find(reference("etl"))
      }
    }
  }

  @Test("files come as the commit has them: no line ends changed, no filters, no hooks, no submodules")
  func bytes() async throws {
    try await ShelfScene.with { scene in
      try scene.module("etl", in: "repository")
      try scene.write(
        [
          ".gitattributes": "*.txt text eol=crlf\n*.bin filter=lfs\n*.id ident\n", "a.txt": "one\ntwo\n",
          "a.bin": "pointer\n", "a.id": "$Id$\n",
        ], in: "repository")
      try await scene.commit("repository")
      // A user's own settings that would run programs or change files.
      try scene.write([
        ".gitconfig": """
        [core]
          hooksPath = \(scene.root)/hooks
          autocrlf = true
        [filter "lfs"]
          smudge = touch \(scene.root)/filtered
          required = true
        """, "hooks/post-checkout": "#!/bin/sh\ntouch \(scene.root)/hooked\n",
      ])
      #expect(chmod(scene.root.appending("hooks/post-checkout").string, 0o755) == 0)
      let found = try await scene.shelf("git+file://\(scene.root)/repository").find(reference("etl"))
      #expect(try scene.text(found, "a.txt") == "one\ntwo\n")
      #expect(try scene.text(found, "a.bin") == "pointer\n")
      #expect(try scene.text(found, "a.id") == "$Id$\n")
      let names = try listDirectory(scene.root)
      #expect(!names.contains("filtered") && !names.contains("hooked"))
      let inside = try listDirectory(found.directory)
      #expect(!inside.contains(".git"))
    }
  }
}
