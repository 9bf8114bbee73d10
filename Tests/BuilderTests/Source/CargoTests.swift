import Model
import SystemPackage
import Testing

@testable import Builder

@Suite("What a source says of cargo") struct CargoTests {
  private func with(_ files: [String: String], _ body: (FilePath) throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-cargo-") { directory in
      for (name, text) in files {
        let path = directory.pushing(FilePath(name))
        try makeDirectory(path.removingLastComponent())
        try writeAtomically(Array(text.utf8), to: path)
      }
      try body(directory)
    }
  }

  @Test(
    "a folder that stands in for crates.io is told from a mirror",
    arguments: [("directory = \"vendor\"", true), ("registry = \"https://mirror.example/\"", false)])
  func brings(source: String, brings: Bool) async throws {
    let text = "[source.crates-io]\nreplace-with = \"own\"\n[source.own]\n\(source)\n"
    try await with([".cargo/config.toml": text]) { directory in
      let settings = try CargoSettings(in: directory.appending(".cargo"))
      #expect(settings.bringsCrates == brings)
    }
  }

  @Test("flags are those for the target, else those for all; where they have a condition cargo has to say")
  func flags() async throws {
    func flags(_ text: String) async throws -> [String]? {
      var flags: [String]?
      try await with([".cargo/config": text]) {
        flags = try CargoSettings(in: $0.appending(".cargo")).flags(for: "aarch64-unknown-linux-gnu")
      }
      return flags
    }
    let all = "[build]\nrustflags = \"-C opt-level=3\"\n"
    #expect(try await flags("") == [])
    #expect(try await flags(all) == ["-C", "opt-level=3"])
    #expect(
      try await flags(all + "[target.aarch64-unknown-linux-gnu]\nrustflags = [\"--cfg\", \"a\"]\n") == [
        "--cfg", "a",
      ])
    #expect(
      try await flags(all + "[target.x86_64-apple-darwin]\nrustflags = [\"-C\"]\n") == ["-C", "opt-level=3"])
    #expect(try await flags(all + "[target.'cfg(unix)']\nrustflags = [\"-C\"]\n") == nil)
  }

  @Test("of the user's configuration a build sees where crates come from, and nothing that opens anything")
  func sources() async throws {
    let text = """
      [build]
      rustflags = ["-C", "target-cpu=native"]
      [source.crates-io]
      replace-with = "mine"
      [source.mine]
      registry = "https://mirror.example/"
      [registries.own]
      index = "https://own.example/"
      token = "secret"

      """
    try await with([".cargo/config.toml": text]) { directory in
      let sources = try CargoSettings(in: directory.appending(".cargo")).sources
      for part in ["https://mirror.example/", "https://own.example/", "replace-with = 'mine'"] {
        #expect(sources.contains(part), "\(sources)")
      }
      #expect(!sources.contains("secret") && !sources.contains("native"))
    }
  }

  @Test("crates that a source has with it, and its tests, are not what is fetched for")
  func manifests() async throws {
    let files = [
      "Cargo.toml": "", "Cargo.lock": "", "vendor/x/Cargo.toml": "", "vendor/x/Cargo.lock": "",
      "vendor/x/.cargo-checksum.json": "{}", "fuzz/Cargo.toml": "", "fuzz/Cargo.lock": "",
    ]
    try await with(files) { directory in
      let manifests = try CargoManifests(below: directory)
      #expect(manifests.locked == [directory.appending("Cargo.toml")])
    }
    try await with(["rust/Cargo.toml": "", "rust/part/Cargo.toml": ""]) { directory in
      let manifests = try CargoManifests(below: directory)
      #expect(manifests.locked.isEmpty && manifests.first == directory.pushing("rust/Cargo.toml"))
    }
  }
}
