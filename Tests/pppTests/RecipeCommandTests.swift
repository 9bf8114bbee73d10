import Model
import SystemPackage
import Testing

@testable import ppp

@Suite("ppp recipes and ppp new recipe")
struct RecipeCommandTests {
  @Test("makes a recipe that is found at once, and touches none that is there")
  func makes() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("new", "recipe", "Some_Package")
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.output == "new  recipes/some-package/recipe.yaml\n")
      let list = try await scene.run("recipes", "list")
      #expect(
        list.output.contains("some-package       recipes/some-package  say what fails without"), "\(list)")
      let again = try await scene.run("new", "recipe", "some.package")
      #expect(again.status == 1 && again.errors.contains("is there already"))
    }
  }

  @Test("the list says what recipes are for and where they are from, sources' too")
  func list() async throws {
    try await inScene([
      "shared-config.json": #"{"recipes": {"sources": ["lib"]}}"#,
      "recipes/demo/recipe.json": #"{"reason": "own", "versions": "<2", "platforms": ["linux-x64"]}"#,
      "lib/demo/recipe.json": #"{"reason": "another", "python": ">=3.12"}"#,
    ]) { scene in
      let text = try await scene.run("recipes", "list").output.split(separator: "\n").map(String.init)
      #expect(text.count == 3, "\(text)")
      #expect(text[1].contains("<2; linux-x64") && text[1].contains("recipes/demo"))
      #expect(text[2].contains("Python >=3.12") && text[2].contains("lib/demo"))
    }
  }

  @Test("what is wrong with a recipe is reported with its line, and the configuration is wrong")
  func wrong() async throws {
    try await inScene([
      "shared-config.json": "{}", "recipes/demo/recipe.json": #"{"reason": "x", "pathces": []}"#,
    ]) { scene in
      let ending = try await scene.run("config", "check")
      #expect(ending.status == 2)
      #expect(
        ending.errors.hasPrefix("recipes/demo/recipe.json:1:17: error: unknown key 'pathces'"), "\(ending)")
      #expect(ending.errors.contains("did you mean 'patches'?"))
    }
  }

  @Test("the schema of recipes is printed")
  func schema() async throws {
    try await inScene { scene in
      let schema = try await scene.run("config", "schema", "--recipe")
      #expect(schema.output.contains("\"testRequires\""))
      let two = try await scene.run("config", "schema", "--recipe", "--module")
      #expect(two.status == 64)
    }
  }
}
