import ConfigMerge
import Model
import Testing

@Suite("The days of rules")
struct RuleDayTests {
  private static let files = [
    "shared-config.json": """
    {"packages": {
      "skip": {"a": {"*": {"reason": "old", "until": "2026-01-31"}, "linux-x64": "stays"}},
      "forceSource": {"b": {"linux-x64": {"reason": "old", "until": "2026-02-01"}}},
      "buildWheel": {"c": {"*": {"reason": "old", "until": "2026-01-30"}}}
    }}
    """,
    "runenvs/python-3.13.5/config.yaml": """
    packages:
      skip:
        b: {macosx-x64: {reason: newer, until: 2027-01-01}}
        d: null
    verify:
      allow:
        e.*: {"*": {reason: old, until: 2025-12-31}}
    """,
    "runenvs/python-3.12.1/config.json": "{}",
  ]

  @Test("a rule with a day is what it is without")
  func effect() async throws {
    let workspace = try await workspace(Self.files)
    let recipe = try #require(
      workspace.recipe(for: CellID(runenv: "python-3.13.5", platform: .macOSX64)))
    #expect(recipe.skips.map(\.reason) == ["old", "newer"])
    #expect(recipe.allowedFailures.map(\.reason) == ["old"])
    let plain = try await ConfigMergeTests.workspace(
      Self.files.mapValues { $0.replacing("2026-", with: "2036-") })
    let same = try #require(plain.recipe(for: recipe.cell))
    #expect(same.canonicalJSON == recipe.canonicalJSON)
  }

  @Test("every rule is listed once, with its place and its day")
  func declared() async throws {
    let rules = try await workspace(Self.files).declaredRules
    #expect(
      rules.map { "\($0.position) \($0.kind) \($0.subject) \($0.platform?.description ?? "*")" } == [
        "runenvs/python-3.13.5/config.yaml:3:21 skip b macosx-x64",
        "runenvs/python-3.13.5/config.yaml:7:16 allow e.* *", "shared-config.json:2:23 skip a *",
        "shared-config.json:2:78 skip a linux-x64", "shared-config.json:3:38 forceSource b linux-x64",
        "shared-config.json:4:29 buildWheel c *",
      ])
    #expect(rules.first?.until?.value.description == "2027-01-01")
  }

  @Test("a rule is warned of from the day behind its last, once and where the day stands")
  func warnings() async throws {
    let workspace = try await workspace(Self.files)
    func places(on day: String) throws -> [String] {
      try workspace.expiredRules(on: CalendarDay(parsing: day)).map { "\($0.position?.description ?? "")" }
    }
    #expect(try places(on: "2025-12-31") == [])
    #expect(try places(on: "2026-01-31").count == 2)
    #expect(
      try places(on: "2026-02-01") == [
        "runenvs/python-3.13.5/config.yaml:7:37", "shared-config.json:2:50", "shared-config.json:4:56",
      ])
    let warning = try #require(try workspace.expiredRules(on: CalendarDay(parsing: "2026-02-01")).last)
    #expect(warning.message == "the buildWheel rule of 'c' was to last until 2026-01-30")
  }

  @Test(
    "a day that is none, a missing reason and a foreign key are errors with their place",
    arguments: [
      (
        #"{"packages": {"skip": {"a": {"*": {"reason": "r", "until": "2026-02-30"}}}}}"#,
        "shared-config.json:1:60: '2026-02-30' is not a day | write year, month and day, as in 2026-12-31"
      ),
      (
        #"{"packages": {"skip": {"a": {"*": {"until": "2026-02-03"}}}}}"#,
        #"shared-config.json:1:35: 'reason' is missing | add "reason": why the rule is there"#
      ),
      (
        #"{"packages": {"skip": {"a": {"*": {"reason": "r", "untill": "2026-02-03"}}}}}"#,
        "shared-config.json:1:51: unknown key 'untill' | did you mean 'until'?"
      ),
      (
        #"{"packages": {"skip": {"a": {"*": {"reason": "r", "until": 2026}}}}}"#,
        #"shared-config.json:1:60: expected a string, not a number | put it in quotes: "2026""#
      ),
      (
        #"{"packages": {"skip": {"a": {"*": ["r"]}}}}"#,
        "shared-config.json:1:35: expected a string, not a list"
      ),
    ])
  func refused(text: String, problem: String) async throws {
    #expect(try await problems(json: text) == [problem])
  }
}
