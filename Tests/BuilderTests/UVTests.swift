import Model
import SystemPackage
import Testing

@testable import Builder

@Suite struct UVTests {
  @Test(
    "platform and floor are told in uv's words, never newer than the floor",
    arguments: [
      (Platform.linuxX64, PlatformFloor(2, 28), "x86_64-manylinux_2_28"),
      (.linuxX64, PlatformFloor(2, 30), "x86_64-manylinux_2_28"),
      (.linuxX64, PlatformFloor(2, 35), "x86_64-manylinux_2_35"),
      (.linuxAArch64, PlatformFloor(2, 20), "aarch64-manylinux_2_17"),
      (.linuxX64, PlatformFloor(2, 5), "x86_64-manylinux_2_17"),
      (.linuxX64, PlatformFloor(2, 60), "x86_64-manylinux_2_40"), (.linuxX64, nil, "x86_64-manylinux_2_28"),
      (.macOSAArch64, PlatformFloor(14, 0), "aarch64-apple-darwin"),
      (.windowsX64, nil, "x86_64-pc-windows-msvc"),
    ] as [(Platform, PlatformFloor?, String)])
  func targets(platform: Platform, floor: PlatformFloor?, name: String) {
    #expect(UVTarget(platform: platform, floor: floor).name == name)
  }

  @Test("the macOS floor goes through uv's environment")
  func deploymentTarget() {
    #expect(
      UVTarget(platform: .macOSX64, floor: PlatformFloor(12, 0)).environment == [
        "MACOSX_DEPLOYMENT_TARGET": "12.0"
      ])
  }

  @Test("uv sees the variables that it needs, and none of the user's others")
  func environment() {
    let all = [
      "PATH": "/bin", "SECRET": "x", "HTTPS_PROXY": "p", "CURL_CA_BUNDLE": "c.pem", "UV_INDEX": "evil",
    ]
    let few = UVEnvironment.variables(from: all, target: nil, netrc: nil, usesTools: false)
    #expect(few["HTTPS_PROXY"] == "p" && few["SSL_CERT_FILE"] == "c.pem" && few["NETRC"] == "/dev/null")
    #expect(few["SECRET"] == nil && few["UV_INDEX"] == nil && few["PATH"] == nil)
    #expect(UVEnvironment.variables(from: all, target: nil, netrc: nil, usesTools: true)["PATH"] == "/bin")
  }

  @Test("a run's files name no place on this machine, and its settings no password")
  func files() throws {
    let compile = UVCompile(
      requirements: ["app>=1"], placeholders: [try PackageName(parsing: "Heavy_One")],
      sources: [try PackageName(parsing: "odd")], noDeps: [try PackageName(parsing: "app")],
      indexes: ["https://own.example/simple", "https://pypi.org/simple"], python: PythonVersion(3, 12, 10),
      target: UVTarget(platform: .linuxX64, floor: nil))
    let files = Dictionary(uniqueKeysWithValues: compile.files.map { ($0.name, $0.text) })
    #expect(files["requirements.in"] == "app>=1\n")
    #expect(files["overrides.txt"] == "heavy-one @ ./placeholders/heavy-one\n")
    #expect(
      files["uv.toml"] == """
        [[index]]
        url = "https://own.example/simple"

        [[index]]
        url = "https://pypi.org/simple"
        default = true

        [[dependency-metadata]]
        name = "app"
        requires-dist = []

        """)
    let arguments = compile.arguments(interpreter: "/stub", cache: "/cache/uv")
    #expect(arguments.suffix(4) == ["--no-binary", "odd", "--python-platform", "x86_64-manylinux_2_28"])
  }

  @Test("the stub's answer is JSON that names its own place and version")
  func stub() throws {
    let json = StubInterpreter(python: try PythonVersion(parsing: "3.14.0rc1")).json(at: "/a \"b\"/python3")
    #expect(json.contains(#""sys_executable":"/a \"b\"/python3""#))
    #expect(json.contains(#""python_full_version":"3.14.0rc1""#))
    #expect(json.contains(#""python_version":"3.14""#))
    #expect(!json.contains("\n"))
  }

  @Test("a stub is made once, whoever makes it at the same time")
  func stubOnce() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      let stub = StubInterpreter(python: PythonVersion(3, 13, 5))
      let paths = try await (0..<8).concurrentMap(width: 8) { _ in try await stub.make(in: directory) }
      #expect(Set(paths).count == 1)
      #expect(try listDirectory(directory.appending("tmp")) == [])
      #expect(try listDirectory(paths[0].removingLastComponent()) == ["python3", "python3.json"])
    }
  }

  @Test("package names are found in uv's words")
  func names() {
    let text = "Because foo-bar==1.0 depends on `baz` and only\n qux<2 is available, we conclude: no."
    #expect(CellResolver.packageNames(in: text).map(\.normalized) == ["foo-bar", "baz", "qux"])
  }
}
