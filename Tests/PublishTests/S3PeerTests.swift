import Artifacts
import Catalogue
import Layers
import Model
import Processes
import Publish
import SystemPackage
import TestSupport
import Testing
import Trust

@Suite("Buckets of other programs", .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)))
struct S3PeerTests {
  private static let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hidden-secret"]

  private func store(
    _ port: Int, _ scene: PublishScene, secret: String = "hidden-secret", bucket: String = "bucket"
  ) throws -> S3Store {
    let text = "s3://\(bucket)/a%20cat+1?endpoint=http://127.0.0.1:\(port)&region=eu-west-1"
    guard case .bucket(let bucket) = try DestinationURL(parsing: text, relativeTo: "/").kind else {
      throw PublishError.unsuitable(text, for: "test")
    }
    let environment = Self.keys.merging(["AWS_SECRET_ACCESS_KEY": secret]) { $1 }
    return S3Store(try S3Access(bucket, environment: environment), fetcher: scene.fetcher)
  }

  /// Runs a script with `s3`, boto3's client, in it.
  private func boto(_ port: Int, _ scene: PublishScene, _ script: String) async throws -> String {
    let head = """
      import boto3, hashlib, json, sys
      s3 = boto3.client("s3", endpoint_url="http://127.0.0.1:\(port)", region_name="eu-west-1")

      """
    let result = try await Peers.run(
      "python", ["-c", head + script], in: scene.directory, environment: Self.keys)
    return String(decoding: result.output, as: UTF8.self)
  }

  private static let makeBucket =
    "s3.create_bucket(Bucket='bucket', CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})"

  /// Reads everything that the index names, and checks it.
  private static let readBack = """
    def get(name):
        return s3.get_object(Bucket="bucket", Key="a cat+1/" + name)["Body"].read()
    def item(reference):
        digest = reference["digest"].removeprefix("sha256:")
        data = get(f"objects/sha256/{digest[:2]}/{digest}")
        assert hashlib.sha256(data).hexdigest() == digest and len(data) == reference["size"]
        return data
    index = json.loads(get("index.json"))
    for entry in index["entries"]:
        manifest = json.loads(item(entry["manifest"]))
        data = b"".join(item(layer) for layer in manifest["bundle"]["layers"]) + item(manifest["end"])
        assert "sha256:" + hashlib.sha256(data).hexdigest() == entry["digest"]
    assert get("index.html").startswith(b"<!")
    print(len(index["entries"]), index["sequence"])
    """

  private func withMoto(_ body: @Sendable (Int, PublishScene) async throws -> Void) async throws {
    try await withPublishScene { scene in
      let scene = scene
      try await Peers.serving({ port in
        Peers.command("moto_server", ["-H", "127.0.0.1", "-p", "\(port)"], in: scene.directory)
      }) { port in
        _ = try await boto(port, scene, Self.makeBucket)
        try await body(port, scene)
      }
    }
  }

  @Test("boto3 reads from moto what was published there, by many at once")
  func publishesToMoto() async throws {
    try await withMoto { port, scene in
      let bundles = try await (0..<4).concurrentMap(width: 1) { number in
        try await scene.bundle("python-3.13.\(number)+a", of: ["shared", "own \(number)"])
      }
      _ = try await bundles.concurrentMap(width: 4) { bundle in
        try await scene.publisher(to: store(port, scene)).publish([bundle])
      }
      #expect(try await boto(port, scene, Self.readBack) == "4 4\n")
      let again = try await scene.publisher(to: store(port, scene)).publish(bundles)
      #expect(again.sentBytes == 0)
      let next = try await scene.bundle("python-3.13.0+a", of: ["shared", "new"])
      let wishes = PublishWishes(name: "test", keeping: 1)
      let report = try await scene.publisher(to: store(port, scene), wishes).publish([next])
      #expect(report.removedFiles == 3)
      #expect(try await boto(port, scene, Self.readBack) == "4 5\n")
      #expect(try await store(port, scene).isWhole())
    }
  }

  @Test("an environment is pulled from moto, and an update brings what changed; nothing comes without keys")
  func pullsFromMoto() async throws {
    try await withMoto { port, scene in
      let first = try await scene.bundle(of: ["numpy", "pandas 1"])
      _ = try await scene.publisher(to: store(port, scene)).publish([first])
      let environment = EnvironmentDirectory(scene.directory.appending("pulled"))
      func pull(keys: [String: String]) async throws -> PullReport {
        let cache = scene.directory.appending("pull-cache")
        try removeTree(cache)
        let layers = LayerStore(cache: cache)
        let text = "s3://bucket/a%20cat+1?endpoint=http://127.0.0.1:\(port)&region=eu-west-1"
        let source = try await openPullSource(
          try DestinationURL(parsing: text, relativeTo: "/"), fetcher: scene.fetcher, environment: keys,
          logins: .none,
          trust: PullTrust(keys: KeyRing(scene.directory.appending("keys")), now: 2_000_000_000),
          scratch: layers.scratch)
        let puller = Puller(
          source: source, directory: environment, layers: layers, artifacts: scene.fetcher.store,
          now: 2_000_000_000, processors: 2, events: { _ in })
        return try await puller.pull(
          PullReference(parsing: "python-3.13.5"), platform: .linuxX64, remembering: text)
      }
      #expect(try await pull(keys: Self.keys).fetchedLayers == 2)
      #expect(try readFile(environment.current.appending("numpy.txt")) == Array("numpy".utf8))
      let second = try await scene.bundle(of: ["numpy", "pandas 2"])
      _ = try await scene.publisher(to: store(port, scene)).publish([second])
      let update = try await pull(keys: Self.keys)
      #expect(update.fetchedLayers == 1 && update.reusedFiles == 1)
      #expect(try readFile(environment.current.appending("pandas 2.txt")) == Array("pandas 2".utf8))
      await #expect(throws: (any Error).self) { try await pull(keys: [:]) }
    }
  }

  @Test("a large object goes to moto in parts, and an upload that broke off is gone on with")
  func sendsPartsToMoto() async throws {
    let large = sampleBytes(70 << 20)
    try await withMoto { port, scene in
      let object = ObjectReference(of: large)
      let store = try store(port, scene)
      _ = try await boto(
        port, scene,
        """
        key = "a cat+1/\(object.name)"
        upload = s3.create_multipart_upload(Bucket="bucket", Key=key)["UploadId"]
        s3.upload_part(Bucket="bucket", Key=key, UploadId=upload, PartNumber=2, Body=bytes(16 << 20))
        """)
      let file = scene.directory.appending("large")
      try writeAtomically(large, to: file)
      // A part that is there is taken as it is: here it is a wrong one, so that it shows.
      #expect(try await store.put(object, from: .file(file, offset: 0)))
      await #expect(throws: ArtifactError.self) {
        try await store.download(object, to: scene.directory.appending("wrong"))
      }
      _ = try await boto(
        port, scene, "s3.delete_object(Bucket='bucket', Key='a cat+1/\(object.name)')")
      #expect(try await store.put(object, from: .file(file, offset: 0)))
      let place = scene.directory.appending("right")
      try await store.download(object, to: place)
      #expect(try readFile(place) == large)
    }
  }

  @Test("a bucket that isn't there is told as such")
  func tellsMissingBucket() async throws {
    try await withMoto { port, scene in
      let bundle = try await scene.bundle(of: ["numpy"])
      let error = await #expect(throws: S3Refusal.self) {
        try await scene.publisher(to: store(port, scene, bucket: "another")).publish([bundle])
      }
      #expect(error?.code == "NoSuchBucket")
    }
  }

  @Test("nanio accepts our signatures, and refuses those of a wrong key")
  func signsForNanio() async throws {
    try await withPublishScene { scene in
      let scene = scene
      let environment = ["NANIO_ACCESS_KEY": "AKID", "NANIO_SECRET_KEY": "hidden-secret"]
      try await Peers.serving({ port in
        Peers.command(
          "nanio",
          [
            "serve", "--data-dir", scene.directory.appending("data").string, "--host", "127.0.0.1", "--port",
            "\(port)",
          ],
          in: scene.directory, environment: environment)
      }) { port in
        _ = try await boto(port, scene, "s3.create_bucket(Bucket='bucket')")
        let bundle = try await scene.bundle(of: ["numpy", "scipy"])
        _ = try await scene.publisher(to: store(port, scene)).publish([bundle])
        #expect(try await store(port, scene).isWhole())
        #expect(try await store(port, scene).list("objects/").count == 4)
        let error = await #expect(throws: S3Refusal.self) {
          try await scene.publisher(to: store(port, scene, secret: "wrong")).publish([bundle])
        }
        #expect(error?.status == 403)
      }
    }
  }
}

@Suite("Web servers of other programs", .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)))
struct WebPeerTests {
  private func readsBack(_ port: Int, _ scene: PublishScene) async throws {
    let text = "http://127.0.0.1:\(port)/"
    guard case .web(let url) = try DestinationURL(parsing: text, relativeTo: "/").kind else {
      throw PublishError.unsuitable(text, for: "test")
    }
    let source = WebSource(url, fetcher: scene.fetcher)
    let index = try #require(try await source.index()).index
    let manifest = try await source.manifest(of: try #require(index.entries.first))
    for object in manifest.objects {
      #expect(try await source.has(object))
      try await source.download(object, to: scene.directory.appending("down").appending(object.digest.hex))
    }
    #expect(try await source.read("objects/none") == nil)
  }

  @Test("what was published to a directory is read back from python's server and from nginx")
  func reads() async throws {
    try await withPublishScene { scene in
      let scene = scene
      let site = scene.directory.appending("site")
      let bundle = try await scene.bundle(of: ["numpy", "scipy"])
      _ = try await scene.publisher(to: DirectoryStore(writing: site)).publish([bundle])
      try await Peers.serving({ port in
        Peers.command("python", ["-m", "http.server", "\(port)", "--bind", "127.0.0.1"], in: site)
      }) { try await readsBack($0, scene) }
      try removeTree(scene.directory.appending("down"))
      try await Peers.serving({ port in
        let text = """
          daemon off; pid \(scene.directory)/pid; error_log stderr; master_process off; events {}
          http { access_log off; client_body_temp_path \(scene.directory)/body;
            server { listen 127.0.0.1:\(port); root \(site); } }
          """
        let file = scene.directory.appending("nginx.conf")
        // What can't be written shows as a server that does not start.
        try? writeAtomically(text.utf8, to: file)
        return Peers.command("nginx", ["-c", file.string, "-p", scene.directory.string], in: scene.directory)
      }) { try await readsBack($0, scene) }
    }
  }
}
