import FoundationEssentials
import Model
import Testing

@Suite("ppp plan and the selection")
struct PlanCommandTests {
  private static let files = [
    "shared-config.json": """
    {"packages": {"dependencies": ["six"], "skip": {"six": {"windows-x64": "nobody needs it there"}}},
     "runtime": {"provider": "external"}, "platforms": ["linux-x64", "linux-aarch64", "windows-x64"]}
    """,
    "runenvs/python-3.13.5-web/config.json": "{}",
    "runenvs/python-3.13.5-science/config.json": "{}",
    "runenvs/python-3.11.2-old/config.json": "{\"platforms\": [\"linux-x64\"]}",
  ]

  private struct Report: Decodable {
    struct Cell: Decodable {
      let cell: String
      let state: String
      let reason: String
      let actions: [String]
      let omissions: [Omission]
    }
    struct Omission: Decodable {
      let package: String
      let rule: String
      let reason: String
    }
    let schemaVersion: Int
    let cells: [Cell]
  }

  @Test("the table has a row for each cell, and what is left out by which rule")
  func table() async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run("plan")
      #expect(ending.status == 0)
      #expect(ending.errors == "")
      let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 13)
      #expect(lines[0].split(separator: " ") == ["cell", "do", "fetch", "why"])
      #expect(lines[1].hasPrefix("python-3.11.2-old@linux-x64"))
      #expect(lines[1].hasSuffix("lock, build, verify         new"))
      #expect(
        ending.output.contains(
          "python-3.13.5-web@windows-x64      six      skip shared-config.json:1:72  nobody needs it there\n"),
        "\(ending.output)")
      #expect(try scene.files(in: ".").count == 4, "planning changes nothing")
    }
  }

  @Test("as JSON the plan has the same facts")
  func json() async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run("plan", "--format", "json", "python-3.13.5-web@windows-x64")
      let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
      #expect(report.schemaVersion == 1)
      let cell = try #require(report.cells.first)
      #expect(report.cells.count == 1)
      #expect((cell.cell, cell.state) == ("python-3.13.5-web@windows-x64", "new"))
      #expect(cell.actions == ["lock", "build", "verify"])
      #expect(cell.omissions.map(\.package) == ["six"])
      #expect(cell.omissions.map(\.rule) == ["skip"])
    }
  }

  @Test(
    "cells are selected by patterns and options",
    arguments: [
      (["python-3.13*@linux-*"], 4), (["python-3.13*"], 6), (["*-{web,old}"], 4), (["!*@windows-x64"], 5),
      (["python-3.13*", "!*-science"], 3), (["--platform", "linux-x64"], 3),
      (["--platform", "linux-x64", "--platform", "windows-x64"], 5), (["--runenv", "*-old"], 1),
      (["--exclude", "*@linux-*"], 2), (["--exclude", "python-3.13*", "*"], 1), (["--only-changed"], 7),
      (["*@linux-x64", "--runenv", "python-3.13*", "--exclude", "*-web"], 1),
    ])
  func selection(arguments: [String], count: Int) async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run(["plan", "--format", "json"] + arguments)
      let report = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
      #expect(report.cells.count == count)
    }
  }

  @Test(
    "a selection of nothing is a status of its own, and names what was probably meant",
    arguments: ["plan", "lock", "build", "verify"])
  func nothingSelected(command: String) async throws {
    try await inScene(Self.files) { scene in
      let near = try await scene.run(command, "python-3.13.5-wed")
      #expect(near.status == 3)
      #expect(near.output == "")
      #expect(
        near.errors == """
          error: no cell is selected by 'python-3.13.5-wed'
            hint: did you mean 'python-3.13.5-web'?

          """)
      let far = try await scene.run(command, "--platform", "macosx-x64")
      #expect(far.status == 3)
      #expect(
        far.errors == """
          error: no cell is selected by --platform macosx-x64
            hint: 'ppp plan' lists the cells

          """)
    }
  }

  @Test("a cell that cannot be built as configured is in the plan, and its problem is told")
  func invalidCell() async throws {
    var files = Self.files
    files["runenvs/python-3.11.2-old/config.json"] = """
      {"platforms": ["linux-x64"], "packages": {"copyFiles": [{"from": "nothing.txt", "to": "share"}]}}
      """
    try await inScene(files) { scene in
      let ending = try await scene.run("plan", "--runenv", "*-old")
      #expect(ending.output.contains("nothing"))
      #expect(ending.errors.contains("runenvs/python-3.11.2-old/config.json:1:"))
      #expect(ending.errors.contains("nothing.txt"))
    }
  }
}
