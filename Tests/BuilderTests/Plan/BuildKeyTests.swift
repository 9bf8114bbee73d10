import ConfigMerge
import Model
import Runtimes
import SystemPackage
import Testing

@testable import Builder

@Suite struct BuildKeyTests {
  /// The key of a cell with that configuration and lock.
  private func key(
    _ config: String = "{}", runenv: String = "python-3.12.10", copied: [CopiedFile] = [],
    _ change: (inout Lock) throws -> Void = { _ in }
  ) async throws -> BuildKey {
    try await withTemporaryDirectory(in: "/tmp") { root in
      let workspace = try TestWorkspace(
        root, files: ["shared-config.json": "{}", "runenvs/\(runenv)/config.json": config])
      let cell = CellID(runenv: runenv, platform: .linuxX64)
      let recipe = try #require(workspace.load().recipe(for: cell))
      var lock = try exampleLock()
      try change(&lock)
      return BuildKey(recipe: recipe, lock: lock, copied: copied)
    }
  }

  private func file(_ digit: String, executable: Bool = false, path: String = "etc/x") throws -> CopiedFile {
    CopiedFile(
      source: "/anywhere", path: path,
      content: .file(
        digest: try Digest(parsing: String(repeating: digit, count: 64)), size: 1, isExecutable: executable))
  }

  @Test(
    "reasons, positions and what is decided by the lock are not in it",
    arguments: [
      "\n\n{\n}",
      #"{"packages": {"skip": {"sccoda": {"*": "another reason"}}}}"#,
      #"{"packages": {"buildWheel": {"parasail": {"*": {"reason": "a"}}}}}"#,
      #"{"packages": {"forceSource": {"parasail": {"*": "b"}}}}"#,
      #"{"build": {"timeout": 7, "enableLogging": true}}"#,
      #"{"build": {"optimize": "release", "level": {"absent": "bytecode"}}}"#,
      #"{"verify": {"allow": {"x": {"*": "why"}}}}"#,
    ])
  func same(config: String) async throws {
    let (one, other) = (try await key(), try await key(config))
    #expect(one.inputs.changes(to: other.inputs) == [])
  }

  @Test(
    "each setting that changes a bundle's bytes changes that key",
    arguments: [
      (#"{"build": {"compressionLevel": 9}}"#, ["build.compressionLevel"]),
      (#"{"build": {"archive": "zip"}}"#, ["build.archive"]),
      (
        #"{"build": {"layout": "wheelhouse"}}"#,
        ["build.layout", "wheel demo", "wheel numpy", "wheel parasail"]
      ),
      (#"{"runtime": {"keep": ["lib/a", "lib/b"]}}"#, ["runtime.keep"]),
      (
        #"{"packages": {"buildWheel": {"parasail": {"*": {"reason": "a", "buildRequires": ["x"]}}}}}"#,
        ["build parasail"]
      ),
      (
        #"{"packages": {"buildWheel": {"parasail": {"*": {"reason": "a", "configSettings": ["a=b"]}}}}}"#,
        ["build parasail"]
      ),
      (#"{"build": {"level": {"numpy": "bytecode"}}}"#, ["code of numpy"]),
      (#"{"build": {"minify": {"demo": true}, "minifyRemoves": ["docstrings"]}}"#, ["code of demo"]),
    ])
  func settings(config: String, keys: [String]) async throws {
    let (one, other) = (try await key(), try await key(config))
    #expect(one.inputs.changes(to: other.inputs).map(\.key) == keys)
  }

  @Test("what the lock says of files changes it, by package and file")
  func lock() async throws {
    let one = try await key()
    let digest = try Digest(parsing: String(repeating: "9", count: 64))
    func keys(_ change: (inout Lock) throws -> Void) async throws -> [String] {
      one.inputs.changes(to: try await key("{}", change).inputs).map(\.key)
    }
    #expect(try await keys { $0.floor = PlatformFloor(2, 30) } == ["floor"])
    #expect(try await keys { $0.packages.removeLast() } == ["package tool"])
    #expect(try await keys { $0.packages[1].version = "2.2.7" } == ["package numpy"])
    #expect(
      try await keys {
        guard case .wheel(var file) = $0.packages[1].source else { return }
        file.digest = digest
        $0.packages[1].source = .wheel(file)
      } == ["package numpy"])
    #expect(try await keys { $0.runtime.files[0].digest = digest } == ["runtime file libpython3.12-minimal"])
    #expect(try await keys { $0.runtime.attributes["suite"] = "forky" } == ["runtime.suite"])
    #expect(try await keys { $0.inputs = LockInputs(["dependencies": ["numpy"]]) } == ["package parasail"])
  }

  @Test("where a file is fetched, when it was uploaded and what is left out are not in it")
  func fetching() async throws {
    let one = try await key()
    let other = try await key {
      guard case .wheel(var file) = $0.packages[1].source else { return }
      file.url = "https://mirror.example/x.whl"
      file.uploadTime = nil
      $0.packages[1].source = .wheel(file)
      $0.packages[1].index = nil
      $0.omissions = []
      $0.excludeNewer = nil
    }
    #expect(one == other)
  }

  @Test("copied files are in it with content and mode, not with their source")
  func copied() async throws {
    let one = try await key(copied: [file("1")])
    #expect(try await key(copied: [file("1")]) == one)
    #expect(try await key(copied: [file("2")]) != one)
    #expect(try await key(copied: [file("1", executable: true)]) != one)
    #expect(try await key(copied: [file("1", path: "etc/y")]) != one)
  }

  @Test("two runenvs with equal content have keys of their own: a bundle tells its cell")
  func runenv() async throws {
    let (one, other) = (try await key(), try await key(runenv: "python-3.12.10-other"))
    #expect(one.inputs.changes(to: other.inputs).map(\.key) == ["runenv"])
  }

  @Test("order and repetition of what is kept of the interpreter mean nothing")
  func keep() async throws {
    let one = try await key(#"{"runtime": {"keep": ["lib/a", "lib/b"]}}"#)
    #expect(try await key(#"{"runtime": {"keep": ["lib/b", "lib/a", "lib/b"]}}"#) == one)
  }
}

@Suite struct KeyShelfTests {
  @Test("a key is found by its digest, until it is pruned; one that is damaged is none")
  func shelf() async throws {
    try await withTemporaryDirectory(in: "/tmp") { root in
      let shelf = KeyShelf(workspace: root)
      let (one, two) = (BuildKey(LockInputs(["a": ["1", "ü \"2\""]])), BuildKey(LockInputs(["b": ["1"]])))
      try await shelf.prune { [] }
      try shelf.add(one)
      try shelf.add(two)
      #expect(shelf.key(of: one.digest) == one)
      try await shelf.prune { [two.digest] }
      #expect(shelf.key(of: one.digest) == nil && shelf.key(of: two.digest) == two)
      let file = root.appending(".ppp/keys/\(two.digest.hex).json")
      try writeAtomically("[".utf8, to: file)
      #expect(shelf.key(of: two.digest) == nil)
    }
  }
}
