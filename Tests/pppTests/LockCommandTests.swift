import FoundationEssentials
import Model
import Testing

@Suite("ppp lock", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct LockCommandTests {
  @Test("every cell gets its lock, and a second run finds them current")
  func writesLocks() async throws {
    try await Scene.locking { scene, _ in
      let first = try await scene.run("lock")
      #expect(first.status == 0, "\(first)")
      #expect(first.output == "")
      #expect(first.errors.hasSuffix("3 locked, 0 were current, 0 failed\n"))
      #expect(
        try scene.files(in: "runenvs").filter { $0.hasSuffix(".toml") } == [
          "python-3.11.2-two/pylock.linux-x64.toml", "python-3.13.5-one/pylock.linux-x64.toml",
          "python-3.13.5-one/pylock.macosx-aarch64.toml",
        ])
      let lock = try scene.read("runenvs/python-3.13.5-one/pylock.linux-x64.toml")
      #expect(lock.contains("name = \"alpha\""))
      #expect(lock.contains("version = \"2.0\""))
      #expect(lock.contains("sha256"))

      let second = try await scene.run("lock")
      #expect(second.errors.hasSuffix("0 locked, 3 were current, 0 failed\n"), "\(second)")
      #expect(try scene.read("runenvs/python-3.13.5-one/pylock.linux-x64.toml") == lock)
    }
  }

  @Test("--locked fails where a lock is stale and names what changed; it writes nothing")
  func locked() async throws {
    try await Scene.locking { scene, _ in
      let none = try await scene.run("lock", "--locked")
      #expect(none.status == 1)
      #expect(none.errors.contains("error: python-3.11.2-two@linux-x64 has no lock\n  hint: run 'ppp lock "))
      #expect(none.errors.hasSuffix("0 locked, 0 were current, 3 failed\n"))
      _ = try await scene.run("lock")
      let current = try await scene.run("lock", "--locked")
      #expect(current.status == 0)
      #expect(current.errors.hasSuffix("0 locked, 3 were current, 0 failed\n"))

      try scene.write(
        "runenvs/python-3.11.2-two/config.json",
        "{\"platforms\": [\"linux-x64\"], \"packages\": {\"dependencies\": [\"beta<3\"]}}")
      let before = try scene.read("runenvs/python-3.11.2-two/pylock.linux-x64.toml")
      for command in ["lock", "build"] {
        let stale = try await scene.run(command, "--locked")
        #expect(stale.status == 1)
        #expect(
          stale.errors.contains(
            "error: the lock of python-3.11.2-two@linux-x64 is stale: dependencies: beta<2 → beta<3\n"),
          "\(stale)")
      }
      #expect(try scene.read("runenvs/python-3.11.2-two/pylock.linux-x64.toml") == before)
    }
  }

  @Test("versions stay until --upgrade, and --upgrade-package moves only its own")
  func upgrade() async throws {
    let wheels = [wheel("beta", "1.0"), wheel("beta", "2.0"), wheel("gamma", "1.0"), wheel("gamma", "2.0")]
    let files = [
      "shared-config.json": """
      {"registries": {"default": "{index}"}, "packages": {"dependencies": ["beta<2", "gamma<2"]},
       "runtime": {"provider": "external"}, "platforms": ["linux-x64"]}
      """, "runenvs/python-3.13.5-a/config.json": "{}",
    ]
    try await Scene.locking(wheels, files) { scene, _ in
      _ = try await scene.run("lock")
      let open = try scene.read("shared-config.json").replacing("<2", with: "")
      try scene.write("shared-config.json", open)
      _ = try await scene.run("lock")
      func versions() throws -> [Substring] {
        let lock = try scene.read("runenvs/python-3.13.5-a/pylock.linux-x64.toml")
        return lock.matches(of: #/name = "[a-z]+-(.*)-py3-none-any.whl"/#).map(\.output.1)
      }
      #expect(try versions() == ["1.0", "1.0"])
      let some = try await scene.run("lock", "--upgrade-package", "gamma")
      #expect(some.status == 0)
      #expect(try versions() == ["1.0", "2.0"])
      let all = try await scene.run("lock", "--upgrade")
      #expect(all.errors.hasSuffix("1 locked, 0 were current, 0 failed\n"))
      #expect(try versions() == ["2.0", "2.0"])
    }
  }

  @Test("--exclude-newer takes what was there on a day")
  func excludeNewer() async throws {
    let uploads = [
      "alpha-1.0-py3-none-any.whl": "2025-01-01T00:00:00Z",
      "beta-1.0-py3-none-any.whl": "2025-01-01T00:00:00Z",
      "beta-2.0-py3-none-any.whl": "2025-06-01T00:00:00Z",
    ]
    try await Scene.locking(uploads: uploads) { scene, _ in
      let ending = try await scene.run("lock", "--exclude-newer", "2025-03-01", "--runenv", "*-one")
      #expect(ending.status == 0, "\(ending)")
      let lock = try scene.read("runenvs/python-3.13.5-one/pylock.linux-x64.toml")
      #expect(lock.contains("beta-1.0-py3-none-any.whl"))
      #expect(!lock.contains("beta-2.0-py3-none-any.whl"))
      let wrong = try await scene.run("lock", "--exclude-newer", "last week")
      #expect(wrong.status == 64, "\(wrong)")
    }
  }

  @Test("one cell that cannot be resolved stops no other, and says what is there")
  func unresolvable() async throws {
    let wheels = [
      wheel("alpha", "1.0"), wheel("native", "1.0", tag: "cp313-cp313-manylinux_2_17_x86_64"),
      wheel("native", "2.0", tag: "cp313-cp313-manylinux_2_17_x86_64"),
      wheel("native", "1.0", tag: "cp313-cp313-macosx_11_0_arm64"),
    ]
    let files = [
      "shared-config.json": """
      {"registries": {"default": "{index}"}, "runtime": {"provider": "external"},
       "packages": {"dependencies": ["alpha", "native>=2"], "resolution": {"strictMissing": true}},
       "platforms": ["linux-x64", "macosx-aarch64"]}
      """, "runenvs/python-3.13.5-a/config.json": "{}",
    ]
    try await Scene.locking(wheels, files) { scene, _ in
      let ending = try await scene.run("lock")
      #expect(ending.status == 1)
      #expect(ending.errors.hasSuffix("1 locked, 0 were current, 1 failed\n"), "\(ending)")
      #expect(scene.has("runenvs/python-3.13.5-a/pylock.linux-x64.toml"))
      #expect(!scene.has("runenvs/python-3.13.5-a/pylock.macosx-aarch64.toml"))
      for fact in ["python-3.13.5-a@macosx-aarch64", "native", "1.0"] {
        #expect(ending.errors.contains(fact), "\(ending)")
      }
      #expect(ending.errorCount == 1, "\(ending)")
    }
  }

  @Test("a package that does not exist is told once, with where it is asked for")
  func unknownPackage() async throws {
    let files = Scene.standardFiles.mapValues { $0.replacing("\"alpha\"", with: "\"aplha\"") }
    try await Scene.locking(Scene.standardWheels, files) { scene, _ in
      let ending = try await scene.run("lock", "python-3.13.5-one@linux-x64")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("shared-config.json:3:33"), "\(ending)")
      #expect(ending.errors.contains("aplha"))
      #expect(ending.errorCount == 1, "\(ending)")
    }
  }

  @Test("--quiet says nothing when all is well, and still says what is wrong")
  func quiet() async throws {
    try await Scene.locking { scene, index in
      let good = try await scene.run("lock", "--quiet")
      #expect((good.status, good.all) == (0, ""))
      try scene.write("runenvs/python-3.11.2-two/pylock.linux-x64.toml", "no = toml = at all")
      let bad = try await scene.run("lock", "--quiet", "--locked")
      #expect(bad.status == 1)
      #expect(bad.errors.contains("runenvs/python-3.11.2-two/pylock.linux-x64.toml:1:"), "\(bad)")
    }
  }
}
