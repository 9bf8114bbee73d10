import Testing

@testable import ppp

@Suite("ppp add runenv")
struct AddRunenvCommandTests {
  private static let files = [
    "shared-config.json": "{}",
    "runenvs/python-3.13.5-web/config.json": """
    {
      "platforms": ["linux-x64", "windows-x64"],
      "packages": {"dependencies": ["six"], "copyFiles": [{"from": "motd.txt", "to": "etc/motd.txt"}]}
    }
    """,
    "runenvs/python-3.13.5-web/motd.txt": "hello\n",
  ]

  @Test("makes a runenv that the configuration checks know, and says what to do next")
  func makes() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("add", "runenv", "3.13.5-web", "--platform", "linux-x64")
      #expect(ending.status == 0, "\(ending)")
      #expect(ending.output == "new  runenvs/python-3.13.5-web/config.json\n")
      #expect(ending.errors == "next: ppp plan 'python-3.13.5-web@*'\n")
      let check = try await scene.run("config", "check")
      #expect(check.errors == "1 runenvs, 1 cells: the configuration is good\n")
    }
  }

  @Test("copies another runenv with its files, for other platforms")
  func copies() async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run(
        "add", "runenv", "3.12.3-web", "--from", "3.13.5-web", "--platform", "macosx-aarch64")
      #expect(ending.status == 0, "\(ending)")
      #expect(try scene.read("runenvs/python-3.12.3-web/motd.txt") == "hello\n")
      let show = try await scene.run("config", "show", "python-3.12.3-web")
      #expect(show.output.hasPrefix("python-3.12.3-web@macosx-aarch64:\n"), "\(show)")
      #expect(show.output.contains("- six"))
    }
  }

  @Test(
    "what can't be is said, and nothing is made",
    arguments: [
      (["3.13.5-web"], "is there already", Int32(1)),
      (["3.14.0", "--from", "python-3.13.5-wed"], "did you mean", 1),
      (["three"], "is not a", 64), (["3.13.5/../x"], "is not a", 64),
    ])
  func wrong(arguments: [String], message: String, status: Int32) async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run(["add", "runenv"] + arguments)
      #expect(ending.status == status)
      #expect(ending.errors.contains(message), "\(ending)")
      #expect(try scene.files(in: "runenvs").count == 2)
    }
  }

  @Test("a dry run writes nothing, and without a workspace there is nowhere to write to")
  func dryRun() async throws {
    try await inScene(Self.files) { scene in
      let ending = try await scene.run("add", "runenv", "3.14.0", "--dry-run")
      #expect(ending.output == "new  runenvs/python-3.14.0/config.json\n")
      #expect(ending.errors == "")
      #expect(!scene.has("runenvs/python-3.14.0"))
    }
    try await inScene { scene in
      let ending = try await scene.run("add", "runenv", "3.14.0")
      #expect(ending.status == 64)
      #expect(ending.errors.hasPrefix("error: there is no workspace at"))
    }
  }
}
