import Artifacts
import Builder
import Model
import Runtimes
import SystemPackage
import Testing

/// A lock with one package of each kind.
func exampleLock() throws -> Lock {
  func digest(_ digit: String) throws -> Digest { try Digest(parsing: String(repeating: digit, count: 64)) }
  func name(_ text: String) throws -> PackageName { try PackageName(parsing: text) }
  let wheel = LockedFile(
    name: "numpy-2.2.6-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    url: "https://files.example/numpy-2.2.6-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    digest: try digest("a"), size: 16_400_000, uploadTime: "2025-05-17T21:34:39Z")
  let sdist = LockedFile(
    name: "parasail-1.3.4.tar.gz", url: "https://files.example/parasail-1.3.4.tar.gz", digest: try digest("b")
  )
  let archive = LockedFile(
    name: "demo-1.0-py3-none-any.whl", url: "https://files.example/demo-1.0-py3-none-any.whl",
    digest: try digest("c"), size: 0)
  let revision = LockedRevision(
    kind: "git", url: "https://git.example/o/tool.git", requested: "v1",
    commit: String(repeating: "d", count: 40),
    subdirectory: "sub")
  let pinned = PinnedFile(
    name: "libpython3.12-minimal", version: "3.12.10-1", urls: ["https://deb.example/l.deb"],
    digest: try digest("e"),
    size: 12, sha1: String(repeating: "f", count: 40))
  return Lock(
    python: PythonVersion(3, 12, 10), platform: .linuxX64, floor: PlatformFloor(2, 28),
    inputs: LockInputs(["dependencies": ["numpy==2.2.6", "parasail"], "index": ["https://pypi.org/simple"]]),
    excludeNewer: "2026-01-01T00:00:00Z",
    packages: [
      LockedPackage(name: try name("tool"), version: nil, source: .revision(revision)),
      LockedPackage(name: try name("parasail"), version: "1.3.4", source: .sourceDistribution(sdist)),
      LockedPackage(
        name: try name("numpy"), version: "2.2.6", index: "https://pypi.org/simple", source: .wheel(wheel)),
      LockedPackage(name: try name("demo"), version: "1.0", source: .archive(archive, subdirectory: nil)),
    ],
    runtime: RuntimePin(
      provider: .debian, version: PythonVersion(3, 12, 10), attributes: ["suite": "trixie"], files: [pinned]),
    omissions: [
      LockedOmission(
        name: try name("sccoda"), rule: .skip, reason: "needs \"R\"\nand\tmore é", requirement: "sccoda>=0.1")
    ])
}

@Suite struct LockTests {
  @Test("a lock is read back as it was written")
  func roundTrip() throws {
    let lock = try exampleLock()
    #expect(try Lock(parsing: lock.toml, file: "pylock.toml") == lock)
  }

  @Test("what packages are built with is read back too, and a lock from before, without the target's wheels")
  func builds() throws {
    var lock = try exampleLock()
    let numpy = try #require(lock.packages.first { $0.name.normalized == "numpy" })
    var target = numpy
    target.source = .wheel(
      LockedFile(
        name: "numpy-2.2.6-cp312-cp312-win_amd64.whl",
        url: "https://files.example/numpy-2.2.6-cp312-cp312-win_amd64.whl",
        digest: try Digest(parsing: String(repeating: "9", count: 64))))
    let parasail = try PackageName(parsing: "parasail")
    lock.builds = [
      LockedBuild(package: parasail, requires: ["numpy"], packages: [numpy], targets: [target])
    ]
    #expect(try Lock(parsing: lock.toml, file: "pylock.toml") == lock)
    lock.builds = [LockedBuild(package: parasail, requires: ["numpy"], packages: [numpy])]
    #expect(!lock.toml.contains("targets"))
    #expect(try Lock(parsing: lock.toml, file: "pylock.toml") == lock)
  }

  @Test("the same lock has the same bytes, in whatever order its parts came")
  func canonical() throws {
    let lock = try exampleLock()
    let shuffled = Lock(
      python: lock.python, platform: lock.platform, floor: lock.floor, inputs: lock.inputs,
      excludeNewer: lock.excludeNewer, packages: lock.packages.reversed(), runtime: lock.runtime,
      omissions: lock.omissions.reversed())
    #expect(shuffled.toml == lock.toml)
    #expect(try Lock(parsing: lock.toml, file: "pylock.toml").toml == lock.toml)
  }

  @Test("a lock without packages, floor, omissions or runtime files is read back too")
  func empty() throws {
    let lock = Lock(
      python: PythonVersion(3, 13, 5), platform: .windowsX64, floor: nil, inputs: LockInputs([:]),
      packages: [],
      runtime: RuntimePin(provider: .external, version: PythonVersion(3, 13, 5)))
    #expect(try Lock(parsing: lock.toml, file: "pylock.toml") == lock)
  }

  @Test(
    "a file of this machine is written by its path and read back as the URL that uv gave",
    arguments: [
      "file:///srv/my%20wheels/demo-1.0-py3-none-any.whl",
      "file:///srv/%C3%A9t%C3%A9/demo-1.0-py3-none-any.whl",
      "file:///srv/100%25/demo-1.0%2Bcpu-py3-none-any.whl",
    ])
  func localFile(url: String) throws {
    var lock = try exampleLock()
    let name = String(url.split(separator: "/").last ?? "").replacing("%2B", with: "+")
    let file = LockedFile(name: name, url: url, digest: Digest.sha256(of: Array("demo".utf8)), size: 4)
    lock.packages[0].source = .archive(file, subdirectory: nil)
    let path = url.dropFirst(7).replacing("%20", with: " ").replacing("%C3%A9", with: "é")
      .replacing("%2B", with: "+").replacing("%25", with: "%")
    #expect(lock.toml.contains("path = \"\(path)\""))
    #expect(try Lock(parsing: lock.toml, file: "pylock.toml") == lock)
  }

  @Test("comments and what other tools added are passed over")
  func tolerant() throws {
    let lock = try exampleLock()
    let text =
      "# by hand\nextras = []\n"
      + lock.toml.replacing(
        "name = \"numpy\"\n",
        with: "name = \"numpy\" # the one\nmarker = \"x\"\ndependencies = [{name = \"y\"}]\n")
      + "\n[tool.other]\nx = 1\n"
    #expect(try Lock(parsing: text, file: "pylock.toml") == lock)
  }

  @Test("a lock is written only when it says something new")
  func writing() async throws {
    try await withTemporaryDirectory(in: "/tmp") { directory in
      var lock = try exampleLock()
      let path = directory.appending("pylock.linux-x64.toml")
      #expect(try Lock.read(at: path) == nil)
      #expect(try lock.write(to: path))
      #expect(try !lock.write(to: path))
      lock.excludeNewer = nil
      #expect(try lock.write(to: path))
      #expect(try Lock.read(at: path) == lock)
    }
  }

  @Test("changes of inputs say which key, what went and what came")
  func changes() {
    let old = LockInputs(["dependencies": ["numpy==1", "pandas"], "index": ["a", "b"], "floor": ["2.28"]])
    let new = LockInputs(["dependencies": ["numpy==2", "pandas"], "index": ["b", "a"], "source": ["x"]])
    #expect(
      old.changes(to: new).map(\.description) == [
        "dependencies: numpy==1 → numpy==2", "floor: 2.28 removed", "index: a, b → b, a", "source: x added",
      ])
    #expect(old.changes(to: old).isEmpty)
    #expect(old.digest != new.digest)
  }

  @Test("requested are the packages that the configuration names")
  func requested() throws {
    #expect(try exampleLock().requested.map(\.normalized).sorted() == ["numpy", "parasail"])
  }
}

@Suite struct HostileLockTests {
  /// What is replaced by what, and what the error says, at which line.
  struct Example: Sendable {
    let from: String
    let to: String
    let error: String
  }

  @Test(
    "what is missing or wrong is named",
    arguments: [
      Example(
        from: "lock-version = \"1.0\"", to: "lock-version = \"2.0\"", error: "lock version '2.0' is not known"
      ),
      Example(from: "lock-version = \"1.0\"\n", to: "", error: "'lock-version' is missing"),
      Example(from: "name = \"demo\"", to: "name = \"numpy\"", error: "package 'numpy' occurs twice"),
      Example(from: "name = \"demo\"", to: "name = 3", error: "'packages.name' is not a string"),
      Example(
        from: "sha256 = \"aaaa", to: "sha256 = \"aaa",
        error:
          "'packages.wheels.hashes.sha256' has '\(String(repeating: "a", count: 63))', not a SHA-256 digest"),
      Example(
        from: "hashes = { sha256 = \"\(String(repeating: "a", count: 64))\" }", to: "",
        error: "'packages.wheels.hashes' is missing"),
      Example(
        from: "sha256 = \"aaaa", to: "md5 = \"aaaa", error: "'packages.wheels.hashes.sha256' is missing"),
      Example(
        from: "size = 16400000", to: "size = -1", error: "'packages.wheels.size' is not a number from 0 up"),
      Example(
        from: "name = \"parasail-1.3.4.tar.gz\"", to: "name = \"../x\"",
        error: "'packages.sdist.name' has '../x', which is no file name"),
      Example(
        from: "rule = \"skip\"", to: "rule = \"none\"",
        error: "'tool.ppp.omissions.rule' has 'none', which is none that this ppp knows"),
      Example(
        from: "provider = \"debian\"", to: "provider = \"x\"",
        error: "'tool.ppp.runtime.provider' has 'x', which is none that this ppp knows"),
      Example(
        from: "schema = 1", to: "schema = 9",
        error: "'tool.ppp.schema' is not 1, the only one that this ppp knows"),
      Example(
        from: "\"numpy==2.2.6\"", to: "\"numpy==2.2.7\"",
        error: "'tool.ppp.recipe' is not the digest of [tool.ppp.inputs]; one of them was edited"),
    ])
  func wrong(_ example: Example) throws {
    let text = try exampleLock().toml
    #expect(text.contains(example.from))
    let error = #expect(throws: LockError.self) {
      try Lock(
        parsing: text.replacing(example.from, with: example.to), file: "runenvs/x/pylock.linux-x64.toml")
    }
    #expect(error?.description == example.error)
    #expect(error?.position?.file == "runenvs/x/pylock.linux-x64.toml")
  }

  @Test("an error stands where its package starts")
  func positioned() throws {
    let text = try exampleLock().toml.replacing("size = 16400000", with: "size = \"big\"")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let error = #expect(throws: LockError.self) { try Lock(parsing: text, file: "p.toml") }
    let line = try #require(error?.position?.line)
    #expect(lines[line - 1] == "[[packages]]" && lines[line] == "name = \"numpy\"")
  }

  @Test("a lock cut off anywhere is refused or says less, and never crashes")
  func truncated() throws {
    let text = try exampleLock().toml
    let lock = try exampleLock()
    for count in stride(from: 0, to: text.utf8.count - 1, by: 7) {
      let cut = String(decoding: text.utf8.prefix(count), as: UTF8.self)
      do {
        #expect(try Lock(parsing: cut, file: "p.toml").packages == lock.packages)
      } catch {}
    }
  }

  @Test("text that is not TOML is refused where it stops being TOML")
  func notTOML() {
    let error = #expect(throws: LockError.self) {
      try Lock(parsing: "lock-version = \"1.0\"\nx = = 1\n", file: "p.toml")
    }
    #expect(error?.position?.line == 2)
  }

  @Test("another tool's lock is refused as such")
  func foreign() {
    #expect(throws: LockError.foreign(file: "p.toml")) {
      try Lock(parsing: "lock-version = \"1.0\"\ncreated-by = \"uv\"\npackages = []\n", file: "p.toml")
    }
  }

  @Test("a user and password in a URL stay out of a lock")
  func credentials() throws {
    let text = try exampleLock().toml.replacing(
      "https://files.example/p", with: "https://me:secret@files.example/p")
    #expect(try !Lock(parsing: text, file: "p.toml").toml.contains("secret"))
  }
}
