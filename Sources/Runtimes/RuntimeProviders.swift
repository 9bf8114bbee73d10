package import Artifacts
package import Layers
package import Model
package import SystemPackage
package import Tools

/// The interpreters of a workspace: decides on them for the lock, and makes layers and runnable trees of them.
///
/// Whatever the provider, the result has one layout: `bin/python3` and `lib/python3.X` (on Windows `python.exe` and
/// `Lib`), an empty `site-packages`, no path of the machine that it was made on, and nothing that `Stripping` takes
/// out. It is started before it is used, where this machine can.
package struct RuntimeProviders: Sendable {
  /// What of the environment plays a part.
  package struct Settings: Sendable {
    /// Instead of the mirrors that the configuration names: `PPP_PYTHON_MIRROR`, `PPP_DEBIAN_MIRROR`.
    package var pythonMirror: String?
    package var debianMirror: String?
    /// The value of PATH, to look for gpgv and an emulator.
    package var searchPath: String?
    /// Instead of gpgv.
    package var verifySignature: SignatureVerifier?
    package var host: Platform?

    package init(environment: [String: String], host: Platform? = Platform.host) {
      pythonMirror = environment["PPP_PYTHON_MIRROR"]
      debianMirror = environment["PPP_DEBIAN_MIRROR"]
      searchPath = environment["PATH"]
      self.host = host
    }
  }

  private let fetcher: Fetcher
  private let toolbox: Toolbox
  private let cache: FilePath
  private let settings: Settings
  private let events: EventSink
  private let debian: DebianProvider
  /// An interpreter that many cells want is put together once, and unpacked once.
  private let layersInWork = SingleFlight<Digest, Layer>()
  private let treesInWork = SingleFlight<Digest, FilePath>()

  package init(
    fetcher: Fetcher, toolbox: Toolbox, cache: FilePath, settings: Settings,
    events: @escaping EventSink = { _ in }
  ) {
    self.fetcher = fetcher
    self.toolbox = toolbox
    self.cache = cache
    self.settings = settings
    self.events = events
    let searchPath = settings.searchPath
    debian = DebianProvider(
      fetcher: fetcher, toolbox: toolbox, mirrorOverride: settings.debianMirror,
      verifySignature: settings.verifySignature
        ?? { try await ReleaseSignature(searchPath: searchPath).verify($0, url: $1) },
      events: events)
  }

  /// Decides on the interpreter's files, to the byte; nothing is made yet.
  package func pin(_ spec: RuntimeSpec) async throws -> RuntimePin {
    guard let provider = provider(spec.provider) else {
      return RuntimePin(provider: .external, version: spec.python)
    }
    return try await provider.pin(spec)
  }

  /// The interpreter as a layer, made when it is not there yet; nil when the user brings one (`external`).
  ///
  /// - Throws: `RuntimesError` when it cannot be put together or does not work; nothing is stored then.
  package func layer(
    for pin: RuntimePin, spec: RuntimeSpec, in store: LayerStore, level: Int
  ) async throws -> Layer? {
    guard pin.provider == spec.provider else {
      throw RuntimesError.pinMismatch(expected: spec.provider, found: pin.provider)
    }
    guard let provider = provider(pin.provider) else { return nil }
    let key = Self.key(of: pin, spec: spec, level: level)
    if let layer = try await store.find(key) { return layer }
    return try await layersInWork.run(key.digest) {
      if let layer = try await store.find(key) { return layer }
      return try await make(key, pin, spec, provider, in: store, level: level)
    }
  }

  /// The interpreter as a directory in which it can be started, for work on this machine; nil for `external`.
  ///
  /// It is kept in the cache, by the layer's digest, and must not be written to.
  package func unpacked(
    _ pin: RuntimePin, spec: RuntimeSpec, in store: LayerStore, level: Int
  ) async throws -> FilePath? {
    guard let layer = try await layer(for: pin, spec: spec, in: store, level: level) else { return nil }
    return try await treesInWork.run(layer.digest) { try await tree(of: layer, in: store) }
  }

  private func tree(of layer: Layer, in store: LayerStore) async throws -> FilePath {
    let place = cache.appending("runtimes").appending(layer.digest.hex)
    let tree = RuntimeTree(root: place)
    if tree.exists(".") { return place }
    try await withTemporaryDirectory(in: cache.appending("runtimes"), prefix: ".draft-") { draft in
      try await blocking { cancellation in
        let content = draft.appending("content")
        try unpackBundle(at: store.path(of: layer.digest), into: content, cancellation: cancellation)
        // Another process may have put the same tree there meanwhile.
        do { try RuntimeTree(root: draft).move("content", toPlace: place) } catch  where tree.exists(".") {}
      }
    }
    return place
  }

  /// The program in an unpacked tree: `bin/python3.13`, `python.exe`.
  package static func executable(in prefix: FilePath, python: PythonVersion, platform: Platform) -> FilePath {
    prefix.appending(RuntimeScheme(python: python, platform: platform).executable)
  }

  /// A layer with what an environment of Linux needs below it in a container; nil for other systems.
  ///
  /// It is made of Debian's packages as they are now, those of the first Debian whose C library is not older than the floor.
  package func containerBase(
    for platform: Platform, floor: PlatformFloor?, in store: LayerStore, level: Int
  ) async throws -> Layer? {
    guard let architecture = DebianArchitecture(platform) else { return nil }
    let packages = try await debian.containerBase(
      suite: ContainerBase.suite(for: floor), architecture: architecture)
    let base = ContainerBase(architecture: architecture)
    return try await store.make(base.key(packages, level: level), level: level, isCaseSensitive: true) {
      try base.pack(packages, into: $0, $1)
    }
  }

  private func provider(_ name: RuntimeSpec.Provider) -> (any RuntimeProvider)? {
    switch name {
    case .debian: debian
    case .pythonBuildStandalone:
      StandaloneProvider(fetcher: fetcher, toolbox: toolbox, mirrorOverride: settings.pythonMirror)
    case .archive: ArchiveProvider(fetcher: fetcher)
    case .external: nil
    }
  }
}

extension RuntimeProviders {
  /// What decides the layer's content: the files and how they are put together.
  package static func key(of pin: RuntimePin, spec: RuntimeSpec, level: Int) -> LayerKey {
    var fields = [
      ("provider", pin.provider.rawValue), ("python", pin.version.description),
      ("platform", spec.platform.description),
      ("files", pin.files.map(\.digest.hex).joined(separator: " ")),
      ("keep", spec.keep.sorted().joined(separator: "\n")),
      ("level", "\(level)"),
    ]
    if pin.provider == .debian {
      fields.append(("libc", pin.attributes["libc"] ?? ""))
      fields.append(("patchelf", Toolbox.patchelfVersion))
    }
    return LayerKey(kind: "runtime", version: formatVersion, fields: fields)
  }

  /// Raised whenever the same files would be put together into another interpreter.
  package static let formatVersion = 3

  private func make(
    _ key: LayerKey, _ pin: RuntimePin, _ spec: RuntimeSpec, _ provider: any RuntimeProvider,
    in store: LayerStore, level: Int
  ) async throws -> Layer {
    let artifacts = try await pin.files.concurrentMap(width: 8) { file in
      try await fetcher.artifact(
        RemoteFile(
          urls: provider.places(of: file, spec: spec), digest: file.digest, size: file.size, name: file.name))
    }
    let step = Step(.assembleRuntime, "python \(pin.version) \(spec.platform)", detail: pin.provider.rawValue)
    events(.started(step))
    do {
      // Its path has what paths of users have: an interpreter that minds is found out here.
      let layer = try await withTemporaryDirectory(in: cache.appending("tmp"), prefix: "runtime é ") {
        scratch in
        let tree = RuntimeTree(root: scratch.appending("prefix"))
        try makeDirectory(tree.root)
        try await provider.assemble(pin, spec: spec, from: artifacts, in: tree, scratch: scratch)
        try await check(tree, pin: pin, spec: spec)
        return try await store.make(
          key, level: level, isCaseSensitive: spec.platform.operatingSystem == .linux
        ) {
          try tree.pack(into: $0, $1)
        }
      }
      events(.finished(step, .done("\(layer.fileCount) files")))
      return layer
    } catch {
      events(.finished(step, .failed(Diagnostic(error))))
      throw error
    }
  }

  /// Holds what was put together against what was asked for: by its header, by its texts, and by starting it.
  private func check(_ tree: RuntimeTree, pin: RuntimePin, spec: RuntimeSpec) async throws {
    let scheme = RuntimeScheme(python: spec.python, platform: spec.platform)
    try await blocking { _ in
      guard tree.exists(scheme.executable) else {
        throw RuntimesError.noInterpreter(pin.files.first?.name ?? "", expected: [scheme.executable])
      }
      try makeDirectory(tree.path(scheme.sitePackages))
      try VersionHeader.check(tree, scheme: scheme)
    }
    let builds = pin.provider == .debian ? BuildPaths.debian : BuildPaths.standalone
    let leftovers = try await blocking { _ in
      try BuildPaths(
        tree: tree, scheme: scheme, installPrefix: builds.prefix, isShared: false,
        buildDirectories: builds.builds
      ).leftovers()
    }
    for path in leftovers {
      let message = "'\(path)' of Python \(pin.version) for \(spec.platform) names a directory of its builder"
      events(.diagnosed(Diagnostic(.warning, message)))
    }
    let probe = RuntimeProbe(host: settings.host, searchPath: settings.searchPath)
    let step = Step(.probe, "python \(pin.version) \(spec.platform)")
    events(.started(step))
    switch try await probe.check(tree.root, python: spec.python, platform: spec.platform) {
    case .works:
      events(.finished(step, .done("starts and imports \(RuntimeProbe.modules.joined(separator: ", "))")))
    case .notPossible(let reason): events(.finished(step, .done("not started: \(reason)")))
    }
  }
}
