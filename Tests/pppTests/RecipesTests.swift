import ArgumentParser
import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import ppp

@Suite("docs/recipes.md")
struct RecipesTests {
  @Test("every recipe begins with a ppp command, and all of them parse")
  func commandsParse() throws {
    let recipes = try Recipe.all()
    #expect(recipes.count >= 5)
    for recipe in recipes {
      #expect(recipe.script.hasPrefix("ppp add module "), "\(recipe.title)")
      for words in recipe.additions {
        #expect(throws: Never.self, "ppp \(words.joined(separator: " "))") {
          _ = try PPP.parseAsRoot(words)
        }
      }
    }
  }

  @Test("what they add is there afterwards, each module with its tests")
  func additionsWork() async throws {
    try await inWorkspace { scene in
      for words in try Recipe.all().flatMap(\.additions) {
        let ending = try await scene.run(words)
        #expect(ending.status == 0, "ppp \(words.joined(separator: " ")): \(ending.errors)")
        let place = try #require(words.firstIndex(of: "--into").map { words[$0 + 1] })
        for module in words.dropFirst(2).prefix(while: { !$0.hasPrefix("--") }) {
          #expect(scene.has("\(place)/modules/\(module)/pyproject.toml"), "\(place): \(module)")
          #expect(scene.has("\(place)/modules/\(module)/tests"), "\(place): \(module)")
        }
      }
    }
  }

  @Test("every recipe works as it stands, from the first line to the last", .enabled(if: Peers.areWanted))
  func recipesWork() async throws {
    let environment = ProcessInfo.processInfo.environment
    let path = "\(RunningProgram.path.removingLastComponent()):\(environment["PATH"] ?? "/usr/bin:/bin")"
    let variables = environment.merging(["PATH": path]) { $1 }
    try await inWorkspace { scene in
      for recipe in try Recipe.all() {
        let result = try await Processes.run(
          Command(
            "/bin/bash", ["-c", "set -euo pipefail\n" + recipe.script], environment: variables,
            workingDirectory: scene.workspace, timeout: .seconds(900), overflow: .keepEnds))
        #expect(result.succeeded, "\(recipe.title): \(result.tail())")
      }
    }
  }

  /// A workspace with this repository's modules, as the recipes begin in.
  private func inWorkspace(_ body: (Scene) async throws -> Void) async throws {
    try await inScene { scene in
      for name in ["shared-config.json", "modules"] {
        let copied = try await Processes.run(
          Command("/bin/cp", ["-r", Readme.repository.appending(name).string, scene.workspace.string]))
        try #require(copied.succeeded, "\(copied.tail())")
      }
      try await body(scene)
    }
  }
}
