import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

/// Images in Debian's registry, held to the programs that people run and check them with.
@Suite(
  "Images in a registry of others", .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)),
  .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct ImagePeerTests {
  private struct Descriptor: Decodable {
    let digest: String
    let artifactType: String?
  }

  private struct Manifest: Decodable {
    var manifests: [Descriptor]?
    var layers: [Descriptor]?
    var subject: Descriptor?
  }

  /// A manifest as skopeo has it from the registry.
  private func manifest(_ image: String, _ scene: Scene) async throws -> (bytes: [UInt8], Manifest) {
    let result = try await Peers.run(
      "skopeo", ["inspect", "--raw", "--tls-verify=false", "docker://\(image)"], in: scene.directory)
    return (result.output, try JSONDecoder().decode(Manifest.self, from: Data(result.output)))
  }

  private func blob(_ digest: String, _ repository: String, _ scene: Scene) async throws -> [UInt8] {
    let (host, name) = (repository.prefix { $0 != "/" }, repository.drop { $0 != "/" })
    let script = "import sys, urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1]).read())"
    return try await Peers.run(
      "python3", ["-c", script, "http://\(host)/v2\(name)/blobs/\(digest)"], in: scene.directory
    ).output
  }

  private static let linux = [
    "shared-config.json": """
    {
      "registries": {"default": "{index}"}, "packages": {"dependencies": ["alpha"]},
      "runtime": {"provider": "debian", "suite": "bookworm"}, "platforms": ["linux-x64", "linux-aarch64"]
    }
    """,
    "runenvs/python-3.11.2-one/config.json": "{}",
  ]

  @Test(
    "an environment of Linux is an image that buildah starts, of an index that has one for each processor")
  func starts() async throws {
    try await Scene.locking(Scene.standardWheels, Self.linux) { scene, _ in
      var scene = scene
      // Interpreters that were made on this machine before are taken from its own cache.
      if let tools = RealTools.directory {
        scene.environment["PPP_CACHE_DIR"] = tools.removingLastComponent().string
      }
      try await scene.built()
      let built = scene
      try await Peers.serving(scene.dockerRegistry()) { port in
        let repository = "127.0.0.1:\(port)/team/environments"
        let published = try await built.run("publish", "oci+http://\(repository)")
        #expect(published.status == 0, "\(published)")
        let image = "docker://\(repository):python-3.11.2-one"
        for processor in ["amd64", "arm64"] {
          let inspected = try await Peers.run(
            "skopeo",
            [
              "inspect", "--tls-verify=false", "--override-os", "linux", "--override-arch", processor,
              "--format", "{{.Os}}/{{.Architecture}}", image,
            ], in: built.directory)
          #expect(inspected.text == "linux/\(processor)\n")
        }
        let storage = built.directory.appending("images")
        let options = ["--root", "\(storage)/root", "--runroot", "\(storage)/run", "--storage-driver", "vfs"]
        let container = try await Peers.run(
          "buildah", options + ["from", "--quiet", "--tls-verify=false", image], in: built.directory
        ).text.trimmingPrefix { $0.isWhitespace }.prefix { !$0.isWhitespace }
        let script = "import alpha, ssl, sqlite3, sys; print(alpha.__file__, *sys.version_info[:3])"
        let started = try await Peers.run(
          "buildah",
          options + ["run", "--isolation", "chroot", String(container), "--", "python3", "-c", script],
          in: built.directory)
        #expect(started.text == "/lib/python3.11/site-packages/alpha/__init__.py 3 11 2\n")
      }
    }
  }

  @Test("signature, bill of materials and provenance refer to their image, and go with it when it is dropped")
  func refersAndPrunes() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      #expect(try await scene.run("key", "new", "release", "--no-password").status == 0)
      #expect(try await scene.run("key", "trust", "release").status == 0)
      try await Peers.serving(scene.dockerRegistry()) { port in
        let repository = "127.0.0.1:\(port)/team/signed"
        let command = [
          "publish", "oci+http://\(repository)?base=none", "python-3.11.2-two", "--sign", "release",
        ]
        let first = try await scene.run(command)
        #expect(first.status == 0, "\(first)")
        let old = try await checkReferrers(of: "python-3.11.2-two-linux-x64-1", repository, scene)

        try scene.write(
          "runenvs/python-3.11.2-two/config.json",
          #"{"platforms": ["linux-x64"], "packages": {"dependencies": ["beta>1"]}}"#)
        try await scene.built()
        let second = try await scene.run(command + ["--prune", "1"])
        #expect(second.status == 0 && second.output.contains("dropped"), "\(second)")
        let new = try await checkReferrers(of: "python-3.11.2-two-linux-x64-2", repository, scene)
        let tags = try await Peers.run(
          "skopeo", ["list-tags", "--tls-verify=false", "docker://\(repository)"], in: scene.directory
        ).text
        #expect(!tags.contains("python-3.11.2-two-linux-x64-1\"") && !tags.contains(old))
        #expect(tags.contains(new))
        let pulled = try await scene.run(
          "pull", "python-3.11.2-two", "--platform", "linux-x64", "--from", "oci+http://\(repository)",
          "--into", "tree")
        #expect(pulled.status == 0, "\(pulled)")
        #expect(scene.has("tree/current/lib/python3.11/site-packages/beta-2.0.dist-info/METADATA"))
      }
    }
  }

  /// Checks what refers to an image, its signature with minisign.
  ///
  /// - Returns: the tag of the list of what refers to it: the registry has no list of its own.
  private func checkReferrers(of tag: String, _ repository: String, _ scene: Scene) async throws -> String {
    let (image, _) = try await manifest("\(repository):\(tag)", scene)
    let file = scene.directory.appending("image.json")
    try writeAtomically(image, to: file)
    let digest = try sha256(of: file)
    let list = try await manifest("\(repository):sha256-\(digest)", scene).1.manifests ?? []
    #expect(
      list.compactMap(\.artifactType).sorted() == [
        "application/vnd.cyclonedx+json", "application/vnd.in-toto+json",
        "application/vnd.ppp.bundle.v1+json", "application/vnd.ppp.minisign.v1",
      ])
    for referrer in list {
      let document = try await manifest("\(repository)@\(referrer.digest)", scene).1
      #expect(document.subject?.digest == "sha256:\(digest)")
      guard referrer.artifactType == "application/vnd.ppp.minisign.v1" else { continue }
      let signature = try await blob(try #require(document.layers?.first).digest, repository, scene)
      let path = scene.directory.appending("image.json.minisig")
      try writeAtomically(signature, to: path)
      let key = scene.directory.appending(".config/ppp/keys/release.pub").string
      try await Peers.run(
        "minisign", ["-V", "-m", file.string, "-x", path.string, "-p", key], in: scene.directory)
    }
    return "sha256-\(digest)"
  }
}
