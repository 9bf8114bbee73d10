import Artifacts
import Binaries
import Model
import SystemPackage
import Tools

/// Interpreters put together from Debian's packages: docs/runtimes.md describes what is changed in them.
struct DebianProvider: RuntimeProvider {
  let fetcher: Fetcher
  let toolbox: Toolbox
  /// The value of `PPP_DEBIAN_MIRROR`.
  let mirrorOverride: String?
  let verifySignature: SignatureVerifier
  let events: EventSink
  /// A Packages file is large in memory, so one is read at a time.
  let reading = Slots(count: 1)

  func pin(_ spec: RuntimeSpec) async throws -> RuntimePin {
    let architecture = try architecture(of: spec)
    let (suite, selection) = try await select(spec, architecture: architecture)
    let floor = floor(of: spec)
    if selection.bundlesLibc, let libc = selection.packages.first(where: { $0.name == "libc6" }),
      libc.version < BundledLibc.oldest, let floor
    {
      throw RuntimesError.cannotBundleLibc(version: selection.minimumLibc.upstream, floor: floor)
    }
    let files = try await selection.packages.concurrentMap(width: 8) { package in
      let url = "\(package.archive)/\(package.path)"
      var file = PinnedFile(
        name: package.fileName, version: package.version.description, urls: [url], digest: package.digest,
        size: package.size)
      let artifact = try await fetcher.artifact(
        RemoteFile(urls: places(of: file, spec: spec), digest: file.digest, size: file.size, name: file.name))
      let sha1 = try await blocking { _ in try sha1Hex(ofFile: artifact.path) }
      file.sha1 = sha1
      file.urls = [redacting(url), "https://snapshot.debian.org/file/\(sha1)"]
      return file
    }
    return RuntimePin(
      provider: .debian, version: spec.python,
      attributes: [
        "suite": suite, "package": selection.python.description,
        "libc": selection.bundlesLibc ? "bundled" : "system",
        "needs-libc": selection.minimumLibc.upstream,
      ],
      files: files)
  }

  func places(of file: PinnedFile, spec: RuntimeSpec) -> [String] {
    let mirror = mirror(of: spec)
    let security = mirror.appending("-security")
    return file.urls.flatMap { url in
      (url.hasPrefix("\(security.address)/") ? security : mirror).places(of: [url])
    }
  }

  func assemble(
    _ pin: RuntimePin, spec: RuntimeSpec, from artifacts: [StoredArtifact], in tree: RuntimeTree,
    scratch: FilePath
  ) async throws {
    let architecture = try architecture(of: spec)
    let scheme = RuntimeScheme(python: spec.python, platform: spec.platform)
    let pool = RuntimeTree(root: scratch.appending("libraries"))
    let libraries = SharedLibraries(tree: tree, pool: pool)
    try await blocking { cancellation in
      try makeDirectory(pool.root)
      let layout = DebianLayout(tree: tree, pool: pool, architecture: architecture, scheme: scheme)
      for artifact in artifacts { try layout.add(artifact, cancellation) }
      try layout.finish()
      try Stripping(scheme: scheme, keep: spec.keep).apply(to: tree)
      let patches = DebianPatches(tree: tree, scheme: scheme)
      try patches.apply()
      let shared = "libpython\(spec.python.minorVersion).so"
      try libraries.bring(including: pool.exists("\(shared).1.0") ? ["\(shared).1.0"] : [])
      if tree.exists("lib/\(shared).1.0") { try tree.link("lib/\(shared)", to: "\(shared).1.0") }
      try patches.patchCertificates()
      let paths = BuildPaths.debian
      try BuildPaths(
        tree: tree, scheme: scheme, installPrefix: paths.prefix, isShared: true,
        buildDirectories: paths.builds
      ).apply()
    }
    try await libraries.relocate { try await toolbox.patchelf() }
    let bundlesLibc = pin.attributes["libc"] == "bundled"
    try await blocking { _ in
      if bundlesLibc {
        try BundledLibc(tree: tree, pool: pool, architecture: architecture, scheme: scheme).apply()
      } else {
        try checkFloor(of: libraries, floor: floor(of: spec))
      }
    }
  }

  private func checkFloor(of libraries: SharedLibraries, floor: PlatformFloor?) throws {
    guard let floor, let need = try libraries.libcNeed() else { return }
    let parts = need.version.parts + [0, 0]
    if PlatformFloor(parts[0], parts[1]) > floor {
      throw RuntimesError.aboveFloor(file: need.file, needs: need.version.description, floor: floor)
    }
  }

  private func floor(of spec: RuntimeSpec) -> PlatformFloor? { spec.floor ?? .standard(for: spec.platform) }

  private func mirror(of spec: RuntimeSpec) -> Mirror {
    Mirror(configured: spec.mirror, standard: DebianArchive.standardMirror, override: mirrorOverride)
  }

  private func architecture(of spec: RuntimeSpec) throws(RuntimesError) -> DebianArchitecture {
    guard let architecture = DebianArchitecture(spec.platform) else {
      throw .unsupportedPlatform(.debian, spec.platform)
    }
    return architecture
  }
}

extension DebianProvider {
  /// Chooses from the configured suite, or from the first that has the Python.
  private func select(
    _ spec: RuntimeSpec, architecture: DebianArchitecture
  ) async throws -> (suite: String, selection: DebianSelection) {
    let archive = DebianArchive(
      mirror: mirror(of: spec), fetcher: fetcher, verifySignature: verifySignature, events: events)
    let floor = floor(of: spec) ?? PlatformFloor(0, 0)
    if let suite = spec.suite {
      do {
        return (suite, try await select(spec, suite: suite, architecture, archive, floor))
      } catch RuntimesError.pythonNotInSuite(let version, _, let available, _) {
        let elsewhere = await suites(with: spec.python, besides: suite, architecture, archive)
        throw RuntimesError.pythonNotInSuite(
          version, suite: suite, available: available, elsewhere: elsewhere)
      }
    }
    for suite in DebianArchive.suites {
      do {
        return (suite, try await select(spec, suite: suite, architecture, archive, floor))
      } catch RuntimesError.pythonNotInSuite {
        continue
      } catch let error as ArtifactError where error.saysNotThere {
        // A mirror of one's own need not have every suite.
        continue
      }
    }
    throw RuntimesError.pythonNotInAnySuite(spec.python, suites: DebianArchive.suites)
  }

  private func select(
    _ spec: RuntimeSpec, suite: String, _ architecture: DebianArchitecture, _ archive: DebianArchive,
    _ floor: PlatformFloor
  ) async throws -> DebianSelection {
    try await reading.withSlot {
      let index = try await archive.packages(suite: suite, architecture: architecture)
      return try DebianSelection(spec: spec, floor: floor, suite: suite, from: index)
    }
  }

  /// The other suites that have a Python, for a hint; a suite that cannot be read gives none.
  private func suites(
    with python: PythonVersion, besides suite: String, _ architecture: DebianArchitecture,
    _ archive: DebianArchive
  ) async -> [String] {
    var found: [String] = []
    for other in DebianArchive.suites where other != suite {
      let index = try? await reading.withSlot {
        try await archive.packages(suite: other, architecture: architecture, withSecurity: false)
      }
      if index?.pythons[python.minorVersion]?.isPython(python) ?? false { found.append(other) }
    }
    return found
  }
}
