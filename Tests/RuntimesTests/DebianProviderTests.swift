import Artifacts
import Layers
import Model
import Processes
import Runtimes
import SystemPackage
import Testing
import Tools

/// What a test needs to work with interpreters, in a directory of its own.
struct RuntimeWorkshop {
  let directory: FilePath
  let providers: RuntimeProviders
  let store: LayerStore

  init(
    _ directory: FilePath, cache name: String = "cache", environment: [String: String] = [:],
    events: @escaping EventSink = { _ in }
  ) {
    self.directory = directory
    let cache = directory.appending(name)
    let fetcher = Fetcher(store: ArtifactStore(cache: cache), settings: FetchSettings(retries: 0))
    var settings = RuntimeProviders.Settings(environment: environment, host: .linuxX64)
    settings.verifySignature = { try FakeDebian.verify($0, url: $1) }
    providers = RuntimeProviders(
      fetcher: fetcher, toolbox: Toolbox(fetcher: fetcher, cache: cache, index: "file:///nonexistent"),
      cache: cache, settings: settings, events: events)
    store = LayerStore(cache: cache)
  }

  static func with(_ body: (FilePath) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp", body)
  }

  /// The layer's paths.
  func paths(_ spec: RuntimeSpec) async throws -> Set<String> {
    let layer = try #require(try await layer(spec))
    return Set(try store.entries(of: layer).map(\.path))
  }

  func layer(_ spec: RuntimeSpec) async throws -> Layer? {
    try await providers.layer(for: providers.pin(spec), spec: spec, in: store, level: 1)
  }

  /// Unpacks the layer where a user might.
  func unpack(_ spec: RuntimeSpec) async throws -> FilePath {
    let place = directory.appending("a place é")
    let layer = try #require(try await layer(spec))
    try await blocking { _ in try unpackBundle(at: store.path(of: layer.digest), into: place) }
    return place
  }
}

@Suite struct DebianProviderTests {
  static func spec(_ mirror: String?) -> RuntimeSpec {
    RuntimeSpec(
      provider: .debian, python: PythonVersion(3, 13, 5), platform: .linuxX64, suite: "trixie", mirror: mirror
    )
  }

  @Test("a pin has every package with version, digests and a second place to get it")
  func pin() async throws {
    try await RuntimeWorkshop.with { directory in
      let mirror = try FakeDebian().write(below: directory)
      let pin = try await RuntimeWorkshop(directory).providers.pin(Self.spec(mirror))
      let expected = [
        "libc6_2.41-12_amd64.deb", "libgcc-s1_14.2.0-19_amd64.deb", "libpython3.13-dev_3.13.5-2_amd64.deb",
        "libpython3.13-minimal_3.13.5-2_amd64.deb", "libpython3.13-stdlib_3.13.5-2_amd64.deb",
        "libssl3t64_3.5.1-1_amd64.deb", "libstdc++6_14.2.0-19_amd64.deb",
        "python3-pip-whl_25.1.1+dfsg-1_amd64.deb", "python3.13_3.13.5-2_amd64.deb",
        "python3.13-minimal_3.13.5-2_amd64.deb", "python3.13-venv_3.13.5-2_amd64.deb",
      ]
      #expect(pin.files.map(\.name) == expected)
      let file = try #require(pin.files.first { $0.name.hasPrefix("libssl3") })
      #expect(file.version == "3.5.1-1")
      #expect(file.size == Int64(FakeDebian()["libssl3t64"].bytes.count))
      #expect(file.urls.first == "\(mirror)/pool/main/libssl3t64_3.5.1-1_amd64.deb")
      #expect(file.urls.last == "https://snapshot.debian.org/file/\(file.sha1 ?? "")")
      #expect(pin.attributes["libc"] == "bundled" && pin.attributes["needs-libc"] == "2.38")
    }
  }

  @Test("a security update is preferred, and fetched from the security archive")
  func securityUpdate() async throws {
    try await RuntimeWorkshop.with { directory in
      var debian = FakeDebian()
      debian.packages.append(.init(name: "libssl3t64", version: "3.5.1-1+deb13u1", isUpdate: true))
      debian.packages.append(.init(name: "libdb5.3t64", version: "1", isUpdate: true))
      let mirror = try debian.write(below: directory)
      let pin = try await RuntimeWorkshop(directory).providers.pin(Self.spec(mirror))
      let file = try #require(pin.files.first { $0.name.hasPrefix("libssl3") })
      #expect(file.urls.first == "\(mirror)-security/pool/main/libssl3t64_3.5.1-1+deb13u1_amd64.deb")
    }
  }

  @Test("the result has one layout, and nothing of Debian's own")
  func layout() async throws {
    try await RuntimeWorkshop.with { directory in
      let mirror = try FakeDebian().write(below: directory)
      let workshop = RuntimeWorkshop(directory)
      let paths = try await workshop.paths(Self.spec(mirror))
      let library = "lib/python3.13"
      #expect(
        paths.isSuperset(of: [
          "bin/python", "bin/python3", "bin/python3.13", "bin/.python3.13.real", "\(library)/os.py",
          "\(library)/site-packages", "\(library)/ensurepip/_bundled/pip-25.1.1-py3-none-any.whl",
          "include/python3.13/pyconfig.h", "lib/glibc/libstdc++.so.6", "lib/pkgconfig/python-3.13.pc",
          "share/doc/python3.13-minimal/copyright",
        ]))
      let unwanted = [
        "test/", "__pycache__", "nis.", "readline", "_dbm", "sitecustomize", "EXTERNALLY", "libpython3.13.a",
      ]
      for part in unwanted { #expect(!paths.contains { $0.contains(part) }) }
      let place = try await workshop.unpack(Self.spec(mirror))
      func text(_ path: String) throws -> String {
        String(decoding: try readFile(place.appending(path)), as: UTF8.self)
      }
      for file in ["site.py", "sysconfig/__init__.py"] {
        #expect(!(try text("\(library)/\(file)").contains("dist-packages")))
      }
      #expect(try text("\(library)/sysconfig/__init__.py").contains("('posix_prefix', 'posix_home')"))
      #expect(try text("bin/.python3.13.real").contains("site-packages \u{9}./././lib"))
      #expect(try text("include/python3.13/pyconfig.h") == "real")
      #expect(try text("\(library)/pdb.py").hasPrefix("#!/usr/bin/env python3\n"))
      #expect(try text("lib/pkgconfig/python-3.13.pc") == "prefix=${pcfiledir}/../..\nlibdir=${prefix}/lib\n")
    }
  }

  @Test("the directory that Python was built in is nowhere, and no warning speaks of it")
  func buildDirectory() async throws {
    try await RuntimeWorkshop.with { directory in
      let mirror = try FakeDebian().write(below: directory)
      let warnings = Counter()
      let workshop = RuntimeWorkshop(directory) { if case .diagnosed = $0 { warnings.increase() } }
      let library = try await workshop.unpack(Self.spec(mirror)).appending("lib/python3.13")
      func text(_ path: String) throws -> String {
        String(decoding: try readFile(library.appending(path)), as: UTF8.self)
      }
      let data = try text("_sysconfigdata__linux_x86_64-linux-gnu.py")
      #expect(!data.contains("/build/"))
      #expect(data.contains("'LD_LIBRARY_PATH=.', 'abs_srcdir': './..'"))
      #expect(
        try text("config-3.13-x86_64-linux-gnu/Makefile").hasSuffix("\nabs_builddir=\t.\nabs_srcdir=\t./..\n")
      )
      #expect(warnings.value == 0)
    }
  }

  @Test("the same pin gives the same bytes in another place")
  func deterministic() async throws {
    try await RuntimeWorkshop.with { directory in
      let spec = Self.spec(try FakeDebian().write(below: directory))
      let one = try await RuntimeWorkshop(directory, cache: "one").layer(spec)
      let two = try await RuntimeWorkshop(directory, cache: "another é place").layer(spec)
      #expect(one != nil && one == two)
    }
  }

  @Test("cells that want one interpreter at once get one layer, put together once")
  func once() async throws {
    try await RuntimeWorkshop.with { directory in
      let spec = Self.spec(try FakeDebian().write(below: directory))
      let starts = Counter()
      let workshop = RuntimeWorkshop(directory) {
        if case .started(let step) = $0, step.verb == .assembleRuntime { starts.increase() }
      }
      let pin = try await workshop.providers.pin(spec)
      let layers = try await (0..<6).concurrentMap(width: 6) { _ in
        try await workshop.providers.layer(for: pin, spec: spec, in: workshop.store, level: 1)
      }
      #expect(Set(layers).count == 1)
      #expect(starts.value == 1)
    }
  }

  @Test("where the platform is new enough, the C library stays at home")
  func systemLibc() async throws {
    try await RuntimeWorkshop.with { directory in
      var spec = Self.spec(try FakeDebian().write(below: directory))
      spec.floor = PlatformFloor(2, 38)
      let workshop = RuntimeWorkshop(directory)
      #expect(try await workshop.providers.pin(spec).attributes["libc"] == "system")
      let paths = try await workshop.paths(spec)
      #expect(!paths.contains { $0.hasPrefix("lib/glibc") || $0.hasSuffix(".real") })
    }
  }

  @Test("what runtime.keep names stays, with the library that it needs")
  func keep() async throws {
    try await RuntimeWorkshop.with { directory in
      var spec = Self.spec(try FakeDebian().write(below: directory))
      spec.keep = ["lib/python3.13/lib-dynload/readline.*", "lib/python3.13/test"]
      let workshop = RuntimeWorkshop(directory)
      let pin = try await workshop.providers.pin(spec)
      #expect(pin.files.contains { $0.name.hasPrefix("libreadline8") })
      let paths = try await workshop.paths(spec)
      #expect(paths.contains("lib/python3.13/lib-dynload/readline.cpython-313.so"))
      #expect(paths.contains("lib/python3.13/test/test_os.py"))
      #expect(!paths.contains("lib/python3.13/lib-dynload/_dbm.cpython-313.so"))
    }
  }

  @Test("an unpacked interpreter is kept in the cache and starts")
  func unpacked() async throws {
    try await RuntimeWorkshop.with { directory in
      let spec = Self.spec(try FakeDebian().write(below: directory))
      let workshop = RuntimeWorkshop(directory)
      let pin = try await workshop.providers.pin(spec)
      let places = try await (0..<4).concurrentMap(width: 4) { _ in
        try await workshop.providers.unpacked(pin, spec: spec, in: workshop.store, level: 1)
      }
      let place = try #require(places[0])
      #expect(Set(places) == [place])
      let program = RuntimeProviders.executable(in: place, python: spec.python, platform: spec.platform)
      #expect(try await run(Command(program)).text.hasPrefix("3.13.5\n"))
    }
  }

  @Test("without a suite the one that has the Python is found")
  func anySuite() async throws {
    try await RuntimeWorkshop.with { directory in
      var spec = Self.spec(try FakeDebian().write(below: directory))
      spec.suite = nil
      #expect(try await RuntimeWorkshop(directory).providers.pin(spec).attributes["suite"] == "trixie")
    }
  }

  @Test("a mirror of the environment is used, and the lock names the configured one")
  func environmentMirror() async throws {
    try await RuntimeWorkshop.with { directory in
      let near = try FakeDebian().write(below: directory)
      let spec = Self.spec("file:///nonexistent/debian")
      let workshop = RuntimeWorkshop(directory, environment: ["PPP_DEBIAN_MIRROR": near + "/"])
      let pin = try await workshop.providers.pin(spec)
      #expect(pin.files.allSatisfy { $0.urls[0].hasPrefix("file:///nonexistent/debian/pool/") })
      let other = RuntimeWorkshop(directory, cache: "other", environment: ["PPP_DEBIAN_MIRROR": near])
      #expect(try await other.providers.layer(for: pin, spec: spec, in: other.store, level: 1) != nil)
    }
  }
}
