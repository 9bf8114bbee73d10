import Catalogue
import Model
import SystemPackage
import Testing

@Suite("ppp catalogue export --format platforma")
struct PlatformaExportTests {
  private static let scope = "@platforma-open/milaboratories.runenv-"

  /// A bundle that is nothing but a row: exporting reads no file of it.
  private static func bundle(_ cell: String) throws -> BundleRecord {
    let cell = try CellID(parsing: cell)
    let digest = Digest(bytes: [UInt8](repeating: 7, count: 32))
    return BundleRecord(
      cell: cell, python: PythonVersion(3, 13, 5), floor: nil, kind: .tarZstd, layout: .tree, file: "dist/x",
      digest: digest, size: 1, unpackedSize: 1, fileCount: 1, recipeDigest: digest, lockDigest: digest,
      buildKey: digest, runtime: RuntimeRecord(provider: "external", version: "", bundled: false), layers: [],
      packages: [], artifacts: [])
  }

  /// Gives the body a workspace with these cells on record and these files in `out`.
  private func exporting(
    _ cells: [String], _ files: [String: String] = [:], _ body: (Scene) async throws -> Void
  ) async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let catalogue = Catalogue(at: Catalogue.path(in: scene.workspace))
      for cell in cells { try await catalogue.record(Self.bundle(cell)) { _ in [] } }
      for (name, text) in files { try scene.write("out/\(name)", text) }
      try await body(scene)
    }
  }

  private func export(_ scene: Scene, _ arguments: String...) async throws -> Scene.Ending {
    try await scene.run(["catalogue", "export", "--format", "platforma", "--output", "out"] + arguments)
  }

  private static let cells = [
    "python-3.13.5@linux-x64", "python-3.13.5@windows-x64", "python-3.13.5-one@linux-x64",
    "python-3.13.5-one+etl@linux-x64",
  ]

  @Test("each runenv gets a package and a descriptor, and the catalogue an entry point and a dependency")
  func fresh() async throws {
    try await exporting(Self.cells) { scene in
      let ending = try await export(scene)
      #expect(ending.status == 0, "\(ending)")
      #expect(
        try scene.files(in: "out") == [
          "catalogue/package.json", "python-3.13.5-one/dist/tengo/software/main.sw.json",
          "python-3.13.5-one/package.json", "python-3.13.5/dist/tengo/software/main.sw.json",
          "python-3.13.5/package.json",
        ])
      #expect(
        try scene.read("out/python-3.13.5/dist/tengo/software/main.sw.json") == """
          {"name":"\(Self.scope)python-3.13.5:main","runEnv":{"type":"python","python-version":"3.13.5",\
          "envVars":[],"registry":"platforma-open",\
          "package":"platforma-open/milaboratories.runenv-python-3.13.5/main/1.0.0-{os}-{arch}.tgz",\
          "binDir":"bin"}}

          """)
      let catalogue = try scene.read("out/catalogue/package.json")
      #expect(
        catalogue.contains(
          """
                "3.13.5-one": {
                  "reference": "\(Self.scope)python-3.13.5-one/dist/tengo/software/main.sw.json"
                }
          """), "\(catalogue)")
      #expect(catalogue.contains("    \"\(Self.scope)python-3.13.5-one\": \"workspace:*\"\n"))
      #expect(
        try scene.read("out/python-3.13.5/package.json").contains(
          """
                      "roots": {
                        "linux-x64": "./pydist/linux-x64",
                        "windows-x64": "./pydist/windows-x64"
                      },
          """))
      let again = try await export(scene)
      #expect(again.output.split(separator: "\n").allSatisfy { $0.hasPrefix("same  ") }, "\(again)")
    }
  }

  @Test("what a person put into a package stays, and so do entry points of what was published before")
  func existing() async throws {
    let package = """
      {"name": "@a/b.runenv-python-3.13.5", "version": "1.7.2", "note": "\\u00e9 1", "numbers": [1.50, true, null],
       "block-software": {"entrypoints": {"main": {"environment": {"artifact": {
         "registry": "mine", "python-version": "3.1", "envVars": ["A=b"], "roots": {"linux-x64": "./elsewhere/linux-x64"}}}}}}}
      """
    let catalogue = """
      {"version": "9", "block-software": {"entrypoints": {"3.12.1": {"reference": "@a/old/dist/tengo/software/main.sw.json"}}}}
      """
    let files = ["python-3.13.5/package.json": package, "catalogue/package.json": catalogue]
    try await exporting(["python-3.13.5@linux-x64"], files) { scene in
      let ending = try await export(scene)
      #expect(ending.output.hasPrefix("update  python-3.13.5/package.json\n"), "\(ending)")
      let written = try scene.read("out/python-3.13.5/package.json")
      for part in [
        #""version": "1.7.2""#, #""note": "é 1""#, "    1.50,\n    true,\n    null\n", #""registry": "mine""#,
        #""python-version": "3.13.5""#, #""linux-x64": "./elsewhere/linux-x64""#,
      ] {
        #expect(written.contains(part), "\(part) in \(written)")
      }
      let descriptor = try scene.read("out/python-3.13.5/dist/tengo/software/main.sw.json")
      #expect(
        descriptor.contains(
          #""envVars":["A=b"],"registry":"mine","package":"a/b.runenv-python-3.13.5/main/1.7.2-"#))
      let entries = try scene.read("out/catalogue/package.json")
      #expect(entries.contains("\"3.12.1\"") && entries.contains("@a/b.runenv-python-3.13.5/dist"))
      #expect(ending.status == 1)
      #expect(ending.errors.contains("entry point '3.12.1' has no directory 'python-3.12.1'"), "\(ending)")
    }
  }

  @Test(
    "what doesn't agree is told with its place",
    arguments: [
      ("python-3.13.5/package.json", "linux-x64\": \"", "linux-arm\": \"", "'linux-arm' is no platform"),
      (
        "python-3.13.5/package.json", "pydist/linux-x64", "pydist/linux",
        "the root of linux-x64 is './pydist/linux'"
      ),
      (
        "python-3.13.5/package.json", "\"3.13.5\"", "\"3.13.4\"",
        "the python-version is '3.13.4' in directory"
      ),
      ("python-3.13.5/package.json", "python-3.13.5\",", "python-3\",", "the package is called '"),
      (
        "python-3.13.5/package.json", "windows-x64", "macosx-x64",
        "there is a bundle for windows-x64 and no root"
      ),
      (
        "python-3.13.5/package.json", "binDir\": \"bin", "binDir\": \"b",
        "the descriptor's binDir is not that of"
      ),
      (
        "python-3.13.5/package.json", "\"environment\": {", "\"environments\": {",
        "there is no environment entry point"
      ),
      ("catalogue/package.json", "-one\": \"workspace", "-two\": \"workspace", "which is no dependency"),
      ("catalogue/package.json", "-one\": \"workspace", "-two\": \"workspace", "has no entry point"),
      (
        "catalogue/package.json", "\"3.13.5-one\"", "\"3.13.5-two\"",
        "'python-3.13.5-one' has no entry point in"
      ),
      (
        "catalogue/package.json", "main.sw.json\"\n      },", "other.sw.json\"\n      },",
        "entry point '3.13.5' refers to"
      ),
      ("catalogue/package.json", "{", "", "out/catalogue/package.json:2:"),
    ])
  func disagreement(file: String, old: String, new: String, message: String) async throws {
    try await exporting(Self.cells) { scene in
      _ = try await export(scene)
      let text = try scene.read("out/\(file)")
      let range = try #require(text.firstRange(of: old), "\(text)")
      try scene.write("out/\(file)", text.replacingCharacters(in: range, with: new))
      let before = try scene.files(in: "out").map { try scene.read("out/\($0)") }
      let ending = try await export(scene, "--check")
      #expect(ending.status == 1)
      #expect(ending.errors.contains(message), "\(ending)")
      #expect(ending.errors.contains("out/"), "\(ending)")
      #expect(try scene.files(in: "out").map { try scene.read("out/\($0)") } == before)
    }
  }

  @Test("the jobs of workflows are compared with roots and directories, matrices inside of texts too")
  func jobs() async throws {
    let workflow = """
      jobs:
        init: {runs-on: ubuntu-latest}
        run:
          with:
            matrix: |
              [{"os": "windows-latest", "arch": "amd64"}, {"os": "macos-14", "arch": "arm64"}]
            names: [python-3.13.5, python-3.13.5-gone, "${{ matrix.x }}"]
      """
    try await exporting(Self.cells, [".github/workflows/build.yaml": workflow]) { scene in
      let ending = try await export(scene)
      #expect(ending.status == 1)
      for message in [
        "no job builds for linux-x64, for which there are roots",
        "out/.github/workflows/build.yaml:5:15: error: a job builds for macosx-aarch64, for which there is no root",
        "a job names 'python-3.13.5-gone', which has no directory", "3 places don't agree",
      ] {
        #expect(ending.errors.contains(message), "\(ending)")
      }
    }
  }

  @Test("options that don't go together are misuse, and json stays what it was")
  func options() async throws {
    try await exporting(Self.cells) { scene in
      #expect(try await scene.run("catalogue", "export", "--format", "platforma").status == 64)
      #expect(try await scene.run("catalogue", "export", "--check").status == 64)
      let json = try await scene.run("catalogue", "export")
      #expect(json.status == 0 && json.output.hasPrefix("{\n  \"bundles\""))
    }
  }

  @Test("files that are no packages are refused with their place, and nothing is written")
  func hostile() async throws {
    for text in ["[]", "{", "{\"a\": 1, \"a\": 2}", "\u{FEFF}nonsense"] {
      try await exporting(Self.cells, ["python-3.13.5/package.json": text]) { scene in
        let ending = try await export(scene)
        #expect(ending.status != 0 && ending.output == "", "\(ending)")
        #expect(ending.errors.contains("python-3.13.5/package.json:1:"), "\(ending)")
        #expect(try scene.files(in: "out") == ["python-3.13.5/package.json"])
      }
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
