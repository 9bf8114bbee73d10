import FoundationEssentials
import Model
import TestSupport
import Testing

@Suite("ppp audit rules", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct AuditRulesCommandTests {
  private struct Report: Decodable {
    struct Rule: Decodable {
      let rule: String
      let package: String
      let verdict: String
      let explanation: String
      let cells: [String]
      let position: SourcePosition
      let expired: Bool
    }
    let schemaVersion: Int
    let rules: [Rule]
  }

  private static let linuxTag = "cp313-cp313-manylinux_2_17_x86_64"
  private static let wheels = [
    wheel("alpha", "1.0", needs: ["beta"]), wheel("beta", "1.0"), wheel("native", "1.0", tag: linuxTag),
    wheel("native", "2.0", tag: "cp313-cp313-macosx_11_0_arm64"),
  ]

  private static func files(_ rules: String, dependencies: String = #"["alpha", "native==1.0"]"#) -> [String:
    String]
  {
    [
      "shared-config.json": """
      {"registries": {"default": "{index}"}, "runtime": {"provider": "external"},
       "platforms": ["linux-x64", "macosx-aarch64"],
       "packages": {"dependencies": \(dependencies), \(rules)}}
      """, "runenvs/python-3.13.5-a/config.json": "{}",
    ]
  }

  private func rules(_ scene: Scene, _ arguments: String...) async throws -> [Report.Rule] {
    let ending = try await scene.run(["audit", "rules", "--format", "json"] + arguments)
    return try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8)).rules
  }

  @Test("a rule is not needed where a wheel of the version that is asked for exists")
  func wheelExists() async throws {
    let skips = #""skip": {"native": {"linux-x64": "once", "macosx-aarch64": "only 2.0 has one"}}"#
    try await Scene.locking(Self.wheels, Self.files(skips)) { scene, _ in
      let rules = try await rules(scene)
      #expect(rules.map(\.verdict) == ["unneeded", "needed"])
      #expect(rules[0].explanation == "there is a wheel of 1.0 to take instead everywhere")
      #expect(rules[0].cells == ["python-3.13.5-a@linux-x64"])
      #expect(rules[0].position.description == "shared-config.json:3:90")
    }
  }

  @Test("what a cell needs of others is known once it is locked")
  func dependencyOfOthers() async throws {
    let skips = #""skip": {"beta": {"linux-x64": "old"}, "gamma": {"linux-x64": "old"}}"#
    let files = Self.files(skips, dependencies: #"["alpha"]"#)
    try await Scene.locking(Self.wheels, files) { scene, _ in
      let before = try await rules(scene)
      #expect(before.map(\.verdict) == ["unknown", "unknown"])
      #expect(before[0].explanation.hasSuffix("there is none of python-3.13.5-a@linux-x64"))
      _ = try await scene.run("lock", "--quiet")
      let after = try await rules(scene)
      #expect(after.map(\.verdict) == ["unneeded", "unmatched"])
      #expect(after[1].explanation == "nothing asks for gamma where it applies")
    }
  }

  @Test("a rule that another one decides over, or that is for a platform nobody builds, matches nothing")
  func unmatched() async throws {
    let rules = """
      "skip": {"native": {"*": "never"}},
      "forceSource": {"native": {"linux-x64": "hidden"}, "alpha": {"windows-x64": "nobody builds that"}}
      """
    try await Scene.locking(Self.wheels, Self.files(rules)) { scene, _ in
      let found = try await self.rules(scene)
      #expect(found.map(\.verdict) == ["partlyUnneeded", "unmatched", "unmatched"])
      #expect(found[1].explanation == "in no cell it is the rule in effect: shared-config.json:3:82 decides")
      #expect(found[2].explanation == "no runenv is built for windows-x64")
    }
  }

  @Test("a wheel that must be built from source although there is one is told for the locked version")
  func forcedSource() async throws {
    let rules = """
      "forceSource": {"native": {"linux-x64": "crashed once"}},
      "buildWheel": {"alpha": {"linux-x64": {"reason": "was missing"}}}
      """
    try await Scene.locking(Self.wheels, Self.files(rules)) { scene, _ in
      let found = try await self.rules(scene)
      #expect(found.map(\.rule) == ["forceSource", "buildWheel"])
      #expect(found.map(\.verdict) == ["unneeded", "unneeded"])
    }
  }

  @Test("a rule is kept until its day, and is told of behind it")
  func days() async throws {
    let skips = """
      "skip": {"native": {"linux-x64": {"reason": "known", "until": "9999-01-01"}},
               "alpha": {"linux-x64": {"reason": "known", "until": "2001-02-03"}}}
      """
    try await Scene.locking(Self.wheels, Self.files(skips)) { scene, _ in
      let found = try await self.rules(scene)
      #expect(found.map(\.verdict) == ["kept", "unneeded"])
      #expect(found.map(\.expired) == [false, true])
      let warning =
        "shared-config.json:4:62: warning: the skip rule of 'alpha' was to last until 2001-02-03\n"
      for command in [["audit", "rules"], ["config", "check"], ["plan"], ["lock"], ["build", "--offline"]] {
        let ending = try await scene.run(command)
        #expect(ending.errors.contains(warning), "\(command): \(ending)")
      }
    }
  }

  @Test("--strict makes findings a failure, and people are told the place and the reason")
  func strict() async throws {
    let stale = #""skip": {"native": {"linux-x64": "no wheel yet"}}"#
    try await Scene.locking(Self.wheels, Self.files(stale)) { scene, _ in
      let lenient = try await scene.run("audit", "rules")
      #expect(lenient.status == 0)
      let line = lenient.output.split(separator: "\n").last ?? ""
      #expect(line.hasPrefix("skip  native   linux-x64  there is a wheel of 1.0 to take instead everywhere"))
      #expect(line.hasSuffix("shared-config.json:3:90  no wheel yet"), "\(lenient)")
      #expect(lenient.errors == "1 rule: 1 not needed\n")
      #expect(try await scene.run("audit", "rules", "--strict").status == 1)
      try scene.write(
        "shared-config.json",
        scene.read("shared-config.json").replacing("linux-x64\": \"no", with: "macosx-aarch64\": \"no"))
      let needed = try await scene.run("audit", "rules", "--strict")
      #expect((needed.status, needed.output) == (0, ""), "\(needed)")
    }
  }

  @Test("an index that can't be asked leaves its rules unjudged, fails, and hides no other finding")
  func unreachable() async throws {
    let rules = """
      "skip": {"native": {"linux-x64": "no wheel yet"}}, "forceSource": {"alpha": {"windows-x64": "nobody"}}
      """
    try await Scene.locking(Self.wheels, Self.files(rules)) { scene, index in
      index.stop()
      let ending = try await scene.run("audit", "rules")
      #expect(ending.status == 1)
      #expect(
        ending.errors.contains("shared-config.json:3:90: error: cannot reach 'http://127.0.0.1:"), "\(ending)"
      )
      #expect(ending.output.contains("no runenv is built for windows-x64"))
    }
  }

  @Test("without rules there is nothing to say, and no index is asked")
  func nothing() async throws {
    try await Scene.locking { scene, index in
      let before = index.requestCount
      let ending = try await scene.run("audit", "rules", "--strict")
      #expect((ending.status, ending.output, ending.errors) == (0, "", "0 rules\n"))
      #expect(index.requestCount == before)
    }
  }
}
