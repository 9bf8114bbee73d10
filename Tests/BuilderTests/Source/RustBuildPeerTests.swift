import Catalogue
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// Sources in Rust, compiled by the cargo that `scripts/setup peers` installs; their build backends come from the
/// package index.
@Suite("Rust", .enabled(if: Peers.areWanted && SourceScene.python != nil && SourceScene.hasZig))
struct RustBuildPeerTests {
  private static let searchPath =
    "\(Peers.program("rustc").removingLastComponent()):\(SourceScene.python?.searchPath ?? "")"

  @Test(
    "maturin and setuptools-rust compile for this machine and for the other kind of processor, where the module runs",
    arguments: RustScene.allCases, [Platform.linuxX64, .linuxAArch64])
  func compiles(_ backend: RustScene, _ platform: Platform) async throws {
    try await SourceScene.with { scene in
      try scene.lock(backend.source(), on: [platform])
      let cell = "\(scene.runenv)@\(platform)"
      let endings = try await scene.build([cell], searchPath: Self.searchPath).endings
      #expect(endings == [cell: "built"])
      try await scene.unpackedWheel(cell) { directory in
        let names = try listDirectory(directory)
        let module = try #require(names.first { $0.hasSuffix(".so") || $0 == "tiny" })
        if module.hasSuffix(".so") { #expect(module.hasPrefix("tiny.")) }
        #expect(try await answer(in: directory, on: platform, scene) == "42\n")
      }
      #expect(try scene.matrix.text(".ppp/logs/\(cell)-tiny.log").contains("zig "))
    }
  }

  /// What the module says, asked by a Python of its platform.
  private func answer(in directory: FilePath, on platform: Platform, _ scene: SourceScene) async throws
    -> String
  {
    let program = [
      "-I", "-c", "import sys; sys.path.insert(0, sys.argv[1]); import tiny; print(tiny.answer())",
    ]
    let python = "/usr/bin/python\(scene.minorVersion)"
    var words = [python]
    if platform != Platform.host {
      let system = Peers.program("rustc").removingLastComponent().removingLastComponent().appending("foreign")
      let name = platform == .linuxAArch64 ? "aarch64" : "x86_64"
      words = [Peers.program("qemu-\(name)-static").string, "-L", system.string, "\(system)\(python)"]
    }
    return try await run(
      checked: Command(
        FilePath(words[0]), words.dropFirst() + program + [directory.string], environment: [:],
        timeout: .seconds(120))
    ).text
  }

  @Test("built twice, in other folders, the same source gives the same bytes", arguments: RustScene.allCases)
  func again(_ backend: RustScene) async throws {
    try await SourceScene.with { scene in
      try scene.lock(backend.source())
      var digests: Set<Digest?> = []
      for _ in 1...2 {
        try await scene.build(searchPath: Self.searchPath, rebuilding: [try PackageName(parsing: "tiny")])
        digests.insert(try await scene.matrix.record(scene.cell)?.packages.first?.artifact)
        try removeTree(scene.matrix.path("dist"))
      }
      #expect(digests.count == 1 && !digests.contains(nil))
    }
  }

  @Test("crates are taken from where the user's cargo looks for them, and must be those of Cargo.lock")
  func crates() async throws {
    try await SourceScene.with { scene in
      let digest = String(repeating: "5a", count: 32)
      let home = try userHome(scene, crateDigest: digest)
      func build(_ digest: String) async throws -> Diagnostic? {
        try scene.lock(RustScene.maturin.source(crates: "\"0.20\"", locked: Self.lock(digest)))
        let results = try await scene.build(searchPath: Self.searchPath, variables: ["CARGO_HOME": home])
        guard case .failed(let problem) = results.first?.ending else { return nil }
        return problem
      }
      #expect(try await build(digest) == nil)
      let problem = try #require(try await build(String(repeating: "6b", count: 32)))
      #expect(problem.message.hasPrefix("the crates of 'tiny' are not to be had:"))
      #expect(problem.message.contains("checksum for `pyo3-ffi v0.20.0` changed between lock files"))
      #expect(problem.hint?.contains("~/.cargo/config.toml") ?? false)
    }
  }

  @Test("crates are there before the build, which has no network")
  func downloads() async throws {
    try await SourceScene.with { scene in
      let digest = try await serveRegistry(scene)
      try scene.matrix.write(
        "cargo/config.toml",
        """
        [source.crates-io]
        replace-with = "mine"
        [source.mine]
        registry = "file://\(scene.matrix.path("index"))"

        """)
      try scene.lock(RustScene.maturin.source(crates: "\"0.20\"", locked: Self.lock(digest)))
      let home = scene.matrix.path("cargo").string
      let endings = try await scene.build(searchPath: Self.searchPath, variables: ["CARGO_HOME": home])
        .endings
      #expect(endings == [scene.cell: "built"])
    }
  }

  /// Serves the crate, in a registry whose index is a repository, `index`; gives the crate's digest.
  private func serveRegistry(_ scene: SourceScene) async throws -> String {
    let root = scene.matrix.root
    let crate = "pyo3-ffi-0.20.0"
    try scene.matrix.write("\(crate)/Cargo.toml", RustScene.bindingManifest)
    try scene.matrix.write("\(crate)/src/lib.rs", RustScene.binding)
    try await Peers.run("tar", ["czf", "crate.tar.gz", crate], in: root)
    let file = scene.matrix.serve("crate/pyo3-ffi", try readFile(root.appending("crate.tar.gz")))
    let address = file.url.replacing("/pyo3-ffi", with: "/{crate}")
    try scene.matrix.write("index/config.json", "{\"dl\": \"\(address)\"}")
    let facts = "\"deps\":[],\"features\":{},\"yanked\":false"
    try scene.matrix.write(
      "index/py/o3/pyo3-ffi",
      "{\"name\":\"pyo3-ffi\",\"vers\":\"0.20.0\",\"cksum\":\"\(file.digest.hex)\",\(facts)}\n")
    for words in ["init -q .", "add .", "-c user.name=a -c user.email=a@example.org commit -qm x"] {
      let arguments = words.split(separator: " ").map(String.init)
      try await Peers.run("git", arguments, in: root.appending("index"))
    }
    return file.digest.hex
  }

  @Test("a source that leaves the versions of its crates open is refused")
  func noLock() async throws {
    try await SourceScene.with { scene in
      try scene.lock(RustScene.maturin.source(crates: "\"0.20\""))
      let problem = try await scene.problem(searchPath: Self.searchPath)
      #expect(
        problem.message
          == "the source of 'tiny' has no Cargo.lock, and nothing else fixes the versions of its crates")
      #expect(problem.hint?.contains("cargo generate-lockfile") ?? false)
    }
  }

  /// A CARGO_HOME whose settings name a folder in place of crates.io, which has the crate.
  private func userHome(_ scene: SourceScene, crateDigest: String) throws -> String {
    let crate = "crates/pyo3-ffi-0.20.0"
    try scene.matrix.write("\(crate)/Cargo.toml", RustScene.bindingManifest)
    try scene.matrix.write("\(crate)/src/lib.rs", RustScene.binding)
    try scene.matrix.write("\(crate)/.cargo-checksum.json", "{\"files\":{},\"package\":\"\(crateDigest)\"}")
    try scene.matrix.write(
      "cargo/config.toml",
      """
      [build]
      rustflags = ["-C", "link-arg=--not-an-option-of-the-linker"]
      [source.crates-io]
      replace-with = "mine"
      [source.mine]
      directory = "\(scene.matrix.path("crates"))"

      """)
    return scene.matrix.path("cargo").string
  }

  private static func lock(_ digest: String) -> String {
    """
    version = 3

    [[package]]
    name = "pyo3-ffi"
    version = "0.20.0"
    source = "registry+https://github.com/rust-lang/crates.io-index"
    checksum = "\(digest)"

    [[package]]
    name = "tiny"
    version = "1.0.0"
    dependencies = ["pyo3-ffi"]

    """
  }
}
