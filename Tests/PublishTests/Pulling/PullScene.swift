import Artifacts
import Catalogue
import Layers
import Model
import Publish
import SystemPackage
import TestSupport
import Trust

/// Bundles in a `dist` folder and in a published catalogue, and somebody with a cache of their own who pulls them.
struct PullScene {
  let directory: FilePath
  /// Where bundles are made.
  let maker: LayerStore
  let fetcher: Fetcher

  static let runenv = "python-3.13.5-one"

  static func with(retries: Int = 1, _ body: (PullScene) async throws -> Void) async throws {
    try await withPublishScene(retries: retries) { scene in
      try await body(
        PullScene(
          directory: scene.directory, maker: LayerStore(cache: scene.directory.appending("maker")),
          fetcher: scene.fetcher))
    }
  }

  var dist: FilePath { directory.appending("dist") }
  var published: FilePath { directory.appending("published") }
  var cache: FilePath { directory.appending("cache") }
  var keys: KeyRing { KeyRing(directory.appending("keys")) }
  var environment: EnvironmentDirectory { EnvironmentDirectory(directory.appending("env")) }

  /// The files of the environment that is current, without its links.
  func current(_ name: String) throws -> [UInt8] {
    try readFile(environment.current.pushing(FilePath(name)))
  }

  // MARK: Making

  static let alpha = sampleBytes(300_000, seed: 5)

  static func beta(_ number: Int) -> [UInt8] { sampleBytes(120_000, seed: UInt64(number + 10)) }

  func layer(
    _ name: String, kind: String = "wheel", _ files: [(String, [UInt8])],
    links: [(String, String)] = []
  ) async throws -> BundleLayer {
    let key = LayerKey(kind: kind, version: 1, fields: [("name", name)])
    let layer = try await maker.make(key, level: 3, isCaseSensitive: true) { writer, _ in
      for (path, bytes) in files {
        try writer.addFile(path, bytes: bytes, executable: path.hasPrefix("bin/"))
      }
      for (path, target) in links { try writer.addSymlink(path, target: target) }
    }
    return BundleLayer(name: name, kind: kind, layer: layer)
  }

  /// The n-th version of the environment: its interpreter and `alpha` stay, `beta` changes.
  func layers(_ number: Int) async throws -> [BundleLayer] {
    let site = "lib/python3.13/site-packages"
    return [
      try await layer(
        "runtime", kind: "runtime", [("bin/python3.13", Array("#!/bin/sh\necho here\n".utf8))],
        links: [("bin/python3", "python3.13")]),
      try await layer(
        "wheel alpha 1.0",
        [("\(site)/alpha/__init__.py", []), ("\(site)/alpha/data", Self.alpha), ("\(site)/é.txt", [1])]),
      try await layer(
        "wheel beta \(number)",
        [("\(site)/beta/__init__.py", []), ("\(site)/beta/data", Self.beta(number))]),
    ]
  }

  /// Builds the n-th version into `dist`, with a catalogue that has only it.
  @discardableResult
  func build(_ number: Int, kind: BundleRecord.Kind = .tarZstd) async throws -> BundleRecord {
    let layers = try await layers(number)
    let name = "\(Self.runenv)-linux-x64.\(kind.rawValue)"
    let path = dist.appending(Self.runenv).appending(name)
    let bundle =
      kind == .zip
      ? try await writeZipBundle(layers, store: maker, to: path)
      : try await writeBundle(layers, metadata: [:], store: maker, to: path)
    let record = record(of: layers, bundle, kind: kind, file: "dist/\(Self.runenv)/\(name)")
    try writeAtomically(
      CatalogueDocument(bundles: [record]).encoded(), to: dist.appending("catalogue.json"))
    return record
  }

  func record(
    of layers: [BundleLayer], _ bundle: BundleFile, kind: BundleRecord.Kind = .tarZstd, file: String
  ) -> BundleRecord {
    var offset: Int64 = 0
    let records = layers.map { item in
      defer { offset += item.layer.size }
      return LayerRecord(
        name: item.name, kind: item.kind, digest: item.layer.digest, size: item.layer.size,
        unpackedSize: item.layer.unpackedSize, fileCount: item.layer.fileCount, offset: offset)
    }
    return BundleRecord(
      cell: CellID(runenv: Self.runenv, platform: .linuxX64), python: PythonVersion(3, 13, 5),
      floor: nil, kind: kind, layout: .tree, file: file, digest: bundle.digest, size: bundle.size,
      unpackedSize: records.reduce(0) { $0 + $1.unpackedSize },
      fileCount: records.reduce(0) { $0 + $1.fileCount },
      recipeDigest: bundle.digest, lockDigest: bundle.digest, buildKey: bundle.digest,
      runtime: RuntimeRecord(provider: "python-build-standalone", version: "1", bundled: true),
      layers: records, packages: [], artifacts: [])
  }

  /// Publishes versions of the environment, the first as version 1; the index has the number of the last as sequence.
  func publish(upTo count: Int) async throws {
    try removeTree(published)
    var entries: [PublishedEntry] = []
    for number in 1...count {
      let record = try await build(number)
      entries.append(try publish(record, version: number) { try readFile(maker.path(of: $0.digest)) })
    }
    try publish(PublishedIndex(name: "test", sequence: count, entries: entries))
  }

  func publish(
    _ record: BundleRecord, version: Int, bytes: (LayerRecord) throws -> [UInt8]
  ) throws -> PublishedEntry {
    for layer in record.layers { try put(bytes(layer), as: ObjectReference.name(of: layer.digest)) }
    let manifest = try PublishedManifest(bundle: record, end: nil).encoded()
    let reference = ObjectReference(of: manifest)
    try put(manifest, as: reference.name)
    return PublishedEntry(record, version: PublishedVersion(version), manifest: reference)
  }

  func publish(_ index: PublishedIndex, signedWith key: SecretKey? = nil) throws {
    let bytes = try index.encoded()
    try put(bytes, as: PublishedIndex.fileName)
    guard let key else { return }
    let signature = key.sign(bytes, trustedComment: "timestamp:1000\tfile:index.json")
    try put(Array(signature.file.utf8), as: PublishedIndex.signatureFileName)
  }

  func put(_ bytes: [UInt8], as name: String) throws {
    let path = published.pushing(FilePath(name))
    try makeDirectory(path.removingLastComponent())
    try writeAtomically(bytes, to: path)
  }

  // MARK: Pulling

  func puller(from text: String, now: Int64 = 2_000) async throws -> Puller {
    let layers = LayerStore(cache: cache)
    let url = try DestinationURL(parsing: text, relativeTo: directory)
    let source = try await openPullSource(
      url, fetcher: fetcher, environment: [:], logins: .none, trust: PullTrust(keys: keys, now: now),
      scratch: layers.scratch)
    return Puller(
      source: source, directory: environment, layers: layers, artifacts: fetcher.store, now: now,
      processors: 2, events: { _ in })
  }

  @discardableResult
  func pull(_ reference: String = runenv, from text: String, keep: Int = 2) async throws -> PullReport {
    try await puller(from: text).pull(
      PullReference(parsing: reference), platform: .linuxX64, keep: keep, remembering: text)
  }

  func plan(_ reference: String = runenv, from text: String) async throws -> PullPlan {
    try await puller(from: text).plan(PullReference(parsing: reference), platform: .linuxX64)
  }

  /// Forgets what was fetched.
  func forgetCache() throws { try removeTree(cache) }

  /// Serves a folder with single ranges, as web servers do; `change` may alter an answer.
  func serve(
    _ folder: FilePath,
    _ change:
      @escaping @Sendable (LoopbackServer.Request, LoopbackServer.Response) -> LoopbackServer.Response = {
        $1
      }
  ) throws -> LoopbackServer {
    try LoopbackServer { request in
      let path = folder.pushing(FilePath(String(request.path.dropFirst())))
      guard let bytes = try? readFile(path) else { return .status(404) }
      return change(request, .ranged(bytes, for: request))
    }
  }
}

extension LoopbackServer.Response {
  /// A file, or the one range of it that was asked for.
  static func ranged(_ bytes: [UInt8], for request: LoopbackServer.Request) -> Self {
    guard let match = request.headers["range"]?.wholeMatch(of: #/bytes=(\d+)-(\d*)/#),
      let first = Int(match.1)
    else { return .bytes(bytes) }
    guard first < bytes.count else { return .status(416) }
    let last = min(Int(match.2) ?? bytes.count - 1, bytes.count - 1)
    return Self(
      status: 206, headers: ["Content-Range": "bytes \(first)-\(last)/\(bytes.count)"],
      body: Array(bytes[first...last]))
  }
}
