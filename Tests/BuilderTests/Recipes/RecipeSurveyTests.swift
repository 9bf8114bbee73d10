import ConfigMerge
import Model
import Modules
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Recipes of a workspace and its sources") struct RecipeSurveyTests {
  private func recipes(_ files: [String: String]) async throws -> [ServedRecipe] {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let workspace = try TestWorkspace(directory, files: files)
      let trees = SourceTrees(
        cache: directory.appending("cache"), fetcher: nil, git: Git.find(in: ["PATH": "/usr/bin:/bin"])
      ) { _ in }
      return try await RecipeSurvey(of: workspace.load(), trees: trees).recipes()
    }
  }

  @Test("a workspace's own recipes come before those of its sources, in order")
  func order() async throws {
    let found = try await recipes([
      "shared-config.json": #"{"recipes": {"sources": ["first", "second"]}}"#,
      "recipes/demo/recipe.json": #"{"reason": "own"}"#,
      "first/demo/recipe.json": #"{"reason": "first", "env": {"A": 1}}"#, "first/notes/text": "no recipe",
      "second/demo/recipe.json": #"{"reason": "second"}"#,
      "second/other/recipe.json": #"{"reason": "other"}"#,
    ])
    #expect(found.map(\.recipe.reason) == ["own", "first", "second", "other"])
    #expect(found.map(\.reference) == ["recipes/demo", "first/demo", "second/demo", "second/other"])
    #expect(found[0].digest == found[2].digest && found[0].digest != found[1].digest)
  }

  @Test("what is wrong with a source's recipes is said together, with the source's name")
  func problems() async throws {
    do {
      _ = try await recipes([
        "shared-config.json": #"{"recipes": {"sources": ["lib"]}}"#,
        "lib/a/recipe.json": #"{"reson": "x"}"#, "lib/b/recipe.json": "{",
      ])
      Issue.record("nothing was wrong")
    } catch let errors as ConfigurationErrors {
      let places = errors.diagnostics.compactMap { $0.position?.file }
      #expect(Set(places) == ["lib/a/recipe.json", "lib/b/recipe.json"])
    }
  }

  @Test("a source that isn't there is an error")
  func missing() async throws {
    await #expect(throws: SourceError.self) {
      _ = try await recipes(["shared-config.json": #"{"recipes": {"sources": ["nowhere"]}}"#])
    }
  }

  @Test("a recipe of a repository is named by its commit")
  func git() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let repository = directory.appending("recipes.git")
      try makeDirectory(repository.pushing("all/demo"))
      try writeAtomically(#"{"reason": "x"}"#.utf8, to: repository.pushing("all/demo/recipe.json"))
      for arguments in [
        ["init", "--quiet"], ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "x"],
      ] {
        try await Peers.run("git", arguments, in: repository)
      }
      let workspace = try TestWorkspace(
        directory,
        files: [
          "shared-config.json":
            #"{"recipes": {"sources": ["git+file://\#(repository)#subdirectory=all"]}}"#
        ])
      let trees = SourceTrees(
        cache: directory.appending("cache"), fetcher: nil, git: Git.find(in: ["PATH": "/usr/bin:/bin"])
      ) { _ in }
      let found = try await RecipeSurvey(of: workspace.load(), trees: trees).recipes()
      let reference = try #require(found.first?.reference)
      #expect(
        reference.wholeMatch(of: #/git\+file://.*@[0-9a-f]{40}#subdirectory=all/demo/#) != nil, "\(reference)"
      )
    }
  }
}
