import ConfigMerge
import Model
import SystemPackage
import Testing

@Suite("New runenvs") struct RunenvScaffoldTests {
  private func configuration(_ scaffold: Scaffold) -> String? {
    scaffold.files.first { $0.path.hasPrefix("config.") }.flatMap { file in
      if case .bytes(let bytes) = file.content { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
  }

  @Test("a runenv starts with the shared configuration, or with platforms of its own, and loads")
  func fresh() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      try writeAtomically("{}".utf8, to: root.appending("shared-config.json"))
      try await Scaffold.runenv("3.13.5", in: root).write()
      try await Scaffold.runenv("3.13.5-science", in: root, platforms: [.windowsX64, .linuxX64]).write()
      let workspace = try Workspace.load(at: root)
      #expect(workspace.runenvs.map(\.id) == ["python-3.13.5", "python-3.13.5-science"])
      #expect(workspace.runenvs[1].platforms.map(\.value) == [.linuxX64, .windowsX64])
      #expect(try listDirectory(root.appending("runenvs")) == ["python-3.13.5", "python-3.13.5-science"])
    }
  }

  @Test(
    "a copy keeps its comments and order, and changes platforms only",
    arguments: [
      (
        "config.yaml", "# why\npackages:\n  noDeps: [a]  # so\n",
        "# why\nplatforms: [\"linux-x64\"]\npackages:\n  noDeps: [a]  # so\n"
      ),
      (
        "config.yaml", "platforms:\n  - macosx-x64\n  - linux-x64\n\n# why\nruntime: {provider: external}\n",
        "platforms: [\"linux-x64\"]\n\n# why\nruntime: {provider: external}\n"
      ),
      (
        "config.yaml", "platforms:\n  linux-x64: {floor: '2.31'}\n  windows-x64:\n",
        "platforms: {\"linux-x64\": {\"floor\": \"2.31\"}}\n"
      ),
      ("config.json", "{}", "{\n  \"platforms\": [\"linux-x64\"]\n}"),
      (
        "config.json", "{\n  \"build\": {\"timeout\": 30}\n}\n",
        "{\n  \"platforms\": [\"linux-x64\"],\n  \"build\": {\"timeout\": 30}\n}\n"
      ),
      (
        "config.json", "{\"build\": {\"timeout\": 30}, \"platforms\": [\"windows-x64\", \"linux-x64\"]}",
        "{\"build\": {\"timeout\": 30}, \"platforms\": [\"linux-x64\"]}"
      ),
    ])
  func copies(name: String, text: String, expected: String) async throws {
    try await withFiles(["shared-config.json": "{}", "runenvs/python-3.13.5/\(name)": text]) { root in
      let scaffold = try Scaffold.runenv("3.13.6-b", in: root, copying: "3.13.5", platforms: [.linuxX64])
      #expect(configuration(scaffold) == expected)
      #expect(scaffold.warnings.isEmpty)
    }
  }

  @Test("a copy has the files that copyFiles names, links and modes kept, and no lock")
  func files() async throws {
    let text = """
      packages:
        copyFiles: [{from: tools/, to: bin/}]
        platformSpecific: {linux-x64: {copyFiles: [{from: ./extra.txt, to: x}]}}
      """
    let files = [
      "shared-config.json": "{}", "runenvs/python-3.13.5/config.yaml": text,
      "runenvs/python-3.13.5/tools/a/run": "1",
      "runenvs/python-3.13.5/extra.txt": "2", "runenvs/python-3.13.5/unused": "3",
      "runenvs/python-3.13.5/pylock.linux-x64.toml": "",
    ]
    try await withFiles(files) { root in
      let tools = root.appending("runenvs/python-3.13.5/tools")
      try makeSymbolicLink(at: tools.appending("again"), to: "a/run")
      let scaffold = try Scaffold.runenv("3.13.5-b", in: root, copying: "python-3.13.5")
      #expect(scaffold.files.map(\.path) == ["config.yaml", "extra.txt", "tools/a/run", "tools/again"])
      #expect(scaffold.files[3].content == .link(target: "a/run"))
      try makeSymbolicLink(at: tools.appending("out"), to: "../../../shared-config.json")
      #expect(throws: ScaffoldError.self) {
        try Scaffold.runenv("3.13.5-b", in: root, copying: "python-3.13.5")
      }
    }
  }

  @Test(
    "Debian's suite follows the Python, and where no suite is known a warning says so",
    arguments: [
      ("3.13.5", "{\"runtime\": {\"suite\": \"trixie\"}}", 0),
      ("3.11.3", "{\"runtime\": {\"suite\": \"bookworm\"}}", 0),
      ("3.12.1", "{\"runtime\": {\"suite\": \"bookworm\"}}", 1),
    ])
  func suites(version: String, expected: String, warnings: Int) async throws {
    let text = "{\"runtime\": {\"suite\": \"bookworm\"}}"
    try await withFiles(["shared-config.json": "{}", "runenvs/python-3.11.2/config.json": text]) { root in
      let scaffold = try Scaffold.runenv(version, in: root, copying: "python-3.11.2")
      #expect(configuration(scaffold) == expected)
      #expect(scaffold.warnings.count == warnings)
    }
  }

  @Test(
    "what is there already, an unknown runenv and a name that is none are refused, and nothing is written")
  func refused() async throws {
    let files = ["shared-config.json": "{}", "runenvs/python-3.13.5/config.json": "{\"build\": 1}"]
    try await withFiles(files) { root in
      #expect(throws: ScaffoldError.exists(root.appending("runenvs/python-3.13.5"))) {
        try Scaffold.runenv("3.13.5", in: root)
      }
      #expect(
        throws: ScaffoldError.unknownRunenv(
          "python-3.13.6", nearest: "python-3.13.5", known: ["python-3.13.5"])
      ) { try Scaffold.runenv("3.14.0", in: root, copying: "python-3.13.6") }
      #expect(throws: ParseError.self) { try Scaffold.runenv("3.13", in: root) }
      #expect(throws: ParseError.self) { try Scaffold.runenv("3.13.5-../x", in: root) }
      #expect(throws: ConfigurationErrors.self) { try Scaffold.runenv("3.14.0", in: root, copying: "3.13.5") }
      let names = try listDirectory(root.appending("runenvs"))
      #expect(names == ["python-3.13.5"])
    }
  }

  @Test("a copyFiles entry that leads over a link out of the runenv is refused")
  func linkedDirectory() async throws {
    let files = [
      "shared-config.json": "{}", "secret/x": "s",
      "runenvs/python-3.13.5/config.yaml": "packages: {copyFiles: [{from: out/x, to: x}]}",
    ]
    try await withFiles(files) { root in
      try makeSymbolicLink(at: root.appending("runenvs/python-3.13.5/out"), to: "../../secret")
      #expect(throws: ScaffoldError.self) { try Scaffold.runenv("3.14.0", in: root, copying: "3.13.5") }
    }
  }
}
