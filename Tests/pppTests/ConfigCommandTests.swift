import ConfigMerge
import FoundationEssentials
import Model
import Testing

@Suite("ppp config")
struct ConfigCommandTests {
  private static let good = [
    "shared-config.json": """
    {
      "packages": {"dependencies": ["six", "demo"], "overrides": {"six": "1.17.0"}},
      "runtime": {"provider": "external"},
      "platforms": ["linux-x64", "windows-x64"]
    }
    """,
    "runenvs/python-3.13.5-web/config.yaml": """
    packages:
      skip:
        demo:
          windows-x64: not there
    """,
    "runenvs/python-3.11.2-old/config.json": "{}",
  ]

  @Test("schema --module prints the schema of module.json")
  func moduleSchema() async throws {
    try await inScene { scene in
      let ending = try await scene.run("config", "schema", "--module")
      #expect(ending.status == 0)
      #expect(ending.output == moduleJSONSchema())
    }
  }

  @Test("check reports every problem of every file, sorted, with line, caret and hint")
  func reportsAllProblems() async throws {
    let files = [
      "shared-config.json": "{\n  \"runtimes\": {}\n}\n",
      "runenvs/python-3.13.5-a/config.json":
        "{\n  \"platforms\": [\"linux-x46\"],\n  \"packages\": {\"dependencies\": [\"six>=\"]}\n}\n",
      "runenvs/python-3.11.2-b/config.yaml": "packages:\n  skips: {}\n",
    ]
    try await inScene(files) { scene in
      let ending = try await scene.run("config", "check")
      #expect(ending.status == 2)
      #expect(ending.output == "")
      #expect(
        ending.errors.hasPrefix(
          """
          runenvs/python-3.11.2-b/config.yaml:2:3: error: unknown key 'skips'
              skips: {}
              ^
            hint: did you mean 'skip'?
          runenvs/python-3.13.5-a/config.json:2:17: error: 'linux-x46' is not a platform
              "platforms": ["linux-x46"],
                            ^
            hint: did you mean 'linux-x64'?
          runenvs/python-3.13.5-a/config.json:3:33: error:
          """), "\(ending.errors)")
      #expect(
        ending.errors.hasSuffix(
          """
          shared-config.json:2:3: error: unknown key 'runtimes'
              "runtimes": {}
              ^
            hint: did you mean 'runtime'?

          """), "\(ending.errors)")
    }
  }

  @Test("a file that is no JSON, a directory that is no runenv and a doubled file are told together")
  func hostileFiles() async throws {
    let files = [
      "shared-config.json": "{}", "runenvs/python-3.13.5-a/config.json": "{\n  \"packages\": {,\n}",
      "runenvs/pyton-3.13.5/config.json": "{}",
      "runenvs/python-3.13.5-b/config.json": "{}", "runenvs/python-3.13.5-b/config.yaml": "{}",
    ]
    try await inScene(files) { scene in
      let ending = try await scene.run("config", "check")
      #expect(ending.status == 2)
      #expect(ending.errors.contains("runenvs/python-3.13.5-a/config.json:2:16: error: "))
      #expect(ending.errors.contains("pyton-3.13.5"))
      #expect(ending.errors.contains("python-3.13.5-b/config.yaml"))
      #expect(ending.errorCount == 3, "\(ending.errors)")
    }
  }

  @Test("show prints the recipe as YAML and as JSON")
  func show() async throws {
    try await inScene(Self.good) { scene in
      let yaml = try await scene.run("config", "show", "python-3.13.5-web", "--platform", "windows-x64")
      #expect(yaml.status == 0)
      #expect(yaml.output.hasPrefix("python-3.13.5-web@windows-x64:\n"))
      #expect(yaml.output.contains("      - six==1.17.0\n"))
      #expect(!yaml.output.contains("#"))
      let json = try await scene.run("config", "show", "--format", "json")
      let cells = try #require(
        JSONDecoder().decode([String: RecipeFacts].self, from: Data(json.output.utf8))
          as [String: RecipeFacts]?)
      #expect(cells.count == 4)
      #expect(cells["python-3.13.5-web@windows-x64"]?.packages.dependencies == ["six==1.17.0", "demo"])
      #expect(cells["python-3.11.2-old@linux-x64"]?.python == "3.11.2")
    }
  }

  private struct RecipeFacts: Decodable {
    struct Packages: Decodable { let dependencies: [String] }
    let python: String
    let packages: Packages
  }

  @Test("--origin says where each value comes from")
  func origin() async throws {
    try await inScene(Self.good) { scene in
      let ending = try await scene.run(
        "config", "show", "python-3.13.5-web", "--platform", "windows-x64", "--origin")
      #expect(ending.output.contains("- demo  # shared-config.json:2:"))
      #expect(ending.output.contains("provider: external  # shared-config.json:3:27"))
      #expect(ending.output.contains("runenvs/python-3.13.5-web/config.yaml:4:"))
      #expect(ending.output.contains("compressionLevel: 3  # default"))
    }
  }

  @Test("a runenv that does not exist, or not on that platform, is misuse with a way out")
  func wrongRunenv() async throws {
    try await inScene(Self.good) { scene in
      let unknown = try await scene.run("config", "show", "python-3.13.5-wed")
      #expect(unknown.status == 64)
      #expect(
        unknown.errors == """
          error: there is no runenv 'python-3.13.5-wed'
            hint: did you mean 'python-3.13.5-web'?

          """)
      let elsewhere = try await scene.run(
        "config", "show", "python-3.13.5-web", "--platform", "macosx-x64")
      #expect(elsewhere.status == 64)
      #expect(
        elsewhere.errors == """
          error: 'python-3.13.5-web' is not built for 'macosx-x64'
            hint: its platforms are linux-x64, windows-x64

          """)
      let nowhere = try await scene.run("config", "show", "--platform", "macosx-x64")
      #expect(nowhere.status == 64)
    }
  }

  @Test("schema is JSON that knows the keys, and needs no workspace")
  func schema() async throws {
    struct Schema: Decodable {
      let properties: [String: Anything]
      struct Anything: Decodable {}
    }
    try await inScene { scene in
      let ending = try await scene.run("config", "schema")
      #expect(ending.status == 0)
      #expect(ending.output.contains("https://json-schema.org/draft/2020-12/schema"))
      let schema = try JSONDecoder().decode(Schema.self, from: Data(ending.output.utf8))
      #expect(schema.properties.keys.contains("packages"))
      #expect(schema.properties.keys.contains("runtime"))
    }
  }

  @Test("an override that matches nothing is a warning, not an error")
  func warning() async throws {
    let files = [
      "shared-config.json":
        "{\"packages\": {\"dependencies\": [\"six\"], \"overrides\": {\"sixx\": \"1.0\"}}}",
      "runenvs/python-3.13.5-a/config.json": "{}",
    ]
    try await inScene(files) { scene in
      let ending = try await scene.run("config", "check")
      #expect(ending.status == 0)
      #expect(ending.errors.contains("warning: "))
      #expect(ending.errors.contains("'sixx'"))
    }
  }
}
