import ConfigMerge
import Model
import SystemPackage
import Testing

/// The merge rules of docs/config.md, one test a row.
@Suite("Merging")
struct MergeTests {
  private func packages(_ text: String) -> String { #"{"packages": {\#(text)}}"# }

  private func dependencies(_ recipe: Recipe) -> [String] { recipe.dependencies.map(\.value.description) }

  @Test("the runenv's default index wins, additional ones are joined without duplicates")
  func registries() async throws {
    let shared = #"{"registries": {"default": "https://a/", "additional": ["https://b/", "https://c/"]}}"#
    let merged = try await recipe(
      shared: shared,
      own: #"{"registries": {"default": "https://d/", "additional": ["https://e/", "https://b/"]}}"#)
    #expect(merged.registries.default.value == "https://d/")
    #expect(merged.registries.default.origin == .runenv)
    #expect(merged.registries.additional.map(\.value) == ["https://b/", "https://c/", "https://e/"])
    let standard = try await recipe().registries.default
    #expect(standard == Located(default: "https://pypi.org/simple"))
  }

  @Test(
    "a runenv's dependency list replaces the shared one, even when it is empty",
    arguments: [
      ("", ["numpy", "scipy"]), (#""dependencies": []"#, []), (#""dependencies": ["six"]"#, ["six"]),
    ])
  func dependencyList(own: String, expected: [String]) async throws {
    let merged = try await recipe(
      shared: packages(#""dependencies": ["numpy", "scipy"]"#), own: packages(own))
    #expect(dependencies(merged) == expected)
  }

  @Test("an override is applied by normalised name and keeps extras and marker")
  func overrides() async throws {
    let shared = packages(
      #"""
      "dependencies": ["SciPy[X]>=1; python_version > '3'", "fa2_modified", "six @ https://h/six.whl", "attrs"],
      "overrides": {"scipy": "1.15.3", "fa2-modified": ">=1,<2", "six": "1.*"}
      """#)
    #expect(
      dependencies(try await recipe(shared: shared)) == [
        "scipy[x]==1.15.3; python_version > '3'", "fa2-modified>=1,<2", "six==1.*", "attrs",
      ])
  }

  @Test("of two overrides the runenv's wins, and its null or empty text takes a shared one back")
  func overridesMerged() async throws {
    let shared = packages(
      #""dependencies": ["a", "b>=1", "c>=1"], "overrides": {"a": "1", "b": "1", "c": "1"}"#)
    let merged = try await recipe(
      shared: shared, own: packages(#""overrides": {"A": "2", "b": null, "c": ""}"#))
    #expect(dependencies(merged) == ["a==2", "b>=1", "c>=1"])
    #expect(merged.dependencies[0].position?.description == "runenvs/python-3.13.5/config.json:1:34")
  }

  @Test("an override reaches the platform's dependencies")
  func overridesOnPlatform() async throws {
    let shared = packages(
      #""overrides": {"torch": "2.7.0+cpu"}, "platformSpecific": {"linux-x64": {"dependencies": ["torch"]}}"#)
    #expect(dependencies(try await recipe(shared: shared)) == ["torch==2.7.0+cpu"])
    #expect(try await recipe(shared: shared, on: .windowsX64).dependencies.isEmpty)
  }

  @Test("an override that matches nothing is a warning with its place")
  func unmatchedOverride() async throws {
    let loaded = try await workspace([
      "shared-config.json": packages(#""dependencies": ["scipy"], "overrides": {"numpy": "1"}"#),
      "runenvs/python-3.13.5/config.json": packages(#""overrides": {"sciyp": "1", "scipy": null}"#),
    ])
    #expect(
      loaded.warnings.map(\.summary) == [
        "runenvs/python-3.13.5/config.json:1:38: the override of 'sciyp' matches no dependency"
          + " | did you mean 'scipy'?",
        "runenvs/python-3.13.5/config.json:1:52: there is no shared override of 'scipy' to take back | remove it",
        "shared-config.json:1:65: the override of 'numpy' matches no dependency"
          + " | add 'numpy' to the dependencies, or remove the override",
      ])
  }

  @Test("a shared override that matches in one runenv only is no warning")
  func matchedElsewhere() async throws {
    let loaded = try await workspace([
      "shared-config.json": packages(#""overrides": {"numpy": "1"}"#),
      "runenvs/python-3.13.5/config.json": packages(#""dependencies": ["numpy"]"#),
      "runenvs/python-3.13.5-b/config.json": "{}",
    ])
    #expect(loaded.warnings.isEmpty)
  }

  @Test(
    "a rule is merged per package and platform, '*' standing for the platforms without their own",
    arguments: [
      (Platform.linuxX64, String?("own linux")), (.linuxAArch64, "own all"), (.windowsX64, nil),
      (.macOSX64, "own all"),
    ])
  func rules(platform: Platform, reason: String?) async throws {
    let shared = packages(#""skip": {"A.b": {"*": "shared all", "linux-x64": "shared linux"}}"#)
    let own = packages(#""skip": {"a-b": {"*": "own all", "linux-x64": "own linux", "windows-x64": null}}"#)
    #expect(try await recipe(shared: shared, own: own, on: platform).skips.first?.reason == reason)
  }

  @Test("a runenv that is silent about a platform leaves the shared rule")
  func sharedRule() async throws {
    let shared = packages(#""skip": {"a": {"*": "shared"}, "b": {"*": "shared"}}"#)
    let own = packages(#""skip": {"a": {"windows-x64": "own"}, "b": null}"#)
    let skips = try await recipe(shared: shared, own: own).skips
    #expect(skips.map(\.reason) == ["shared"])
    #expect(skips.first?.position.description == "shared-config.json:1:35")
  }

  @Test("skip comes before buildWheel before forceSource")
  func precedence() async throws {
    let merged = try await recipe(
      shared: packages(
        #"""
        "skip": {"a": {"*": "s"}},
        "buildWheel": {"a": {"*": {"reason": "w"}}, "b": {"*": {"reason": "w", "buildRequires": ["cmake>=3"],
          "configSettings": ["k=v"]}}},
        "forceSource": {"a": {"*": "f"}, "b": {"*": "f"}, "c": {"*": "f"}}
        """#))
    let rules = try ["a", "b", "c"].map { merged.rules[try PackageName(parsing: $0)] }
    #expect(rules.map { $0?.reason } == ["s", "w", "f"])
    guard case .buildWheel(let build, _) = rules[1] else {
      Issue.record("b is not built as a wheel")
      return
    }
    #expect(build.buildRequires.map(\.description) == ["cmake>=3"])
    #expect(build.configSettings == ["k=v"])
  }

  @Test("noDeps and the lists of resolution are joined by normalised name")
  func lists() async throws {
    let merged = try await recipe(
      shared: packages(#""noDeps": ["A_b"], "resolution": {"allowSourceList": ["x", "y"]}"#),
      own: packages(
        #"""
        "noDeps": ["a.B", "c"], "resolution": {"allowSourceList": ["Y", "z"], "onlyBinaryList": ["n"]},
        "platformSpecific": {"linux-x64": {"resolution": {"allowSourceList": ["p"]}}}
        """#))
    #expect(merged.noDeps.sorted().map(\.normalized) == ["a-b", "c"])
    #expect(merged.resolution.allowSourceList.map(\.value.normalized) == ["x", "y", "z", "p"])
    #expect(merged.resolution.onlyBinaryList.map(\.value.normalized) == ["n"])
    #expect(merged.resolution.forceNoBinaryList.isEmpty)
  }

  @Test(
    "a boolean of resolution is the platform's, else the runenv's, else the shared one, else false",
    arguments: [
      (Platform.linuxX64, true, "runenvs/python-3.13.5/config.json"), (.macOSX64, true, "shared-config.json"),
      (.windowsX64, false, "runenvs/python-3.13.5/config.json"),
    ])
  func booleans(platform: Platform, isStrict: Bool, file: String) async throws {
    let merged = try await recipe(
      shared: packages(
        #"""
        "resolution": {"strictMissing": true},
        "platformSpecific": {"linux-x64": {"resolution": {"strictMissing": false}},
          "macosx-x64": {"resolution": {"strictMissing": true}}}
        """#),
      own: packages(
        #"""
        "resolution": {"strictMissing": false},
        "platformSpecific": {"linux-x64": {"resolution": {"strictMissing": true}},
          "windows-x64": {"resolution": {"allowSourceAll": true}}}
        """#), on: platform)
    #expect(merged.resolution.strictMissing.value == isStrict)
    #expect(merged.resolution.strictMissing.position?.file == file)
    #expect(merged.resolution.allowSourceAll.value == (platform == .windowsX64))
  }

  @Test("files are copied shared before own and general before platform, from their file's directory")
  func copyFiles() async throws {
    func rules(_ name: String) -> String {
      let rule = { (from: String) in #"[{"from": "\#(from)", "to": "bin"}]"# }
      return packages(
        #""copyFiles": \#(rule(name)), "platformSpecific": {"linux-x64": {"copyFiles": \#(rule(name + "-linux"))}}"#
      )
    }
    let files = ["shared-config.json": rules("s"), "runenvs/python-3.13.5/config.json": rules("o")]
    try await workspace(files) { root, loaded in
      let merged = try #require(loaded.recipe(for: CellID(runenv: "python-3.13.5", platform: .linuxX64)))
      #expect(merged.copyFiles.map(\.from.value) == ["s", "o", "s-linux", "o-linux"])
      let own = root.appending("runenvs/python-3.13.5")
      #expect(merged.copyFiles.map(\.base) == [root, own, root, own])
    }
  }

  @Test("a platform's dependencies are appended, those that are there already left out")
  func platformDependencies() async throws {
    let merged = try await recipe(
      shared: packages(#""platformSpecific": {"linux-x64": {"dependencies": ["b", "c"]}}"#),
      own: packages(
        #""dependencies": ["a", "b"], "platformSpecific": {"linux-x64": {"dependencies": ["d", "C"]}}"#))
    #expect(dependencies(merged) == ["a", "b", "c", "d"])
  }

  @Test("build is merged per key, its archive by platform")
  func build() async throws {
    let shared = #"{"build": {"archive": {"windows-x64": "zip"}, "layout": "wheelhouse", "timeout": 300}}"#
    let own = #"{"build": {"archive": {"linux-x64": "zip", "*": "tar.zst"}, "compressionLevel": 19}}"#
    let build = try await recipe(shared: shared, own: own, on: .linuxX64).build
    #expect(build.archive.value == .zip)
    #expect(build.layout.value == .wheelhouse)
    #expect(build.timeout.value == 300)
    #expect(build.compressionLevel.value == 19)
    #expect(build.parallelDownloads == Located(default: true))
    #expect(try await recipe(shared: shared, own: own, on: .windowsX64).build.archive.value == .tarZstandard)
    #expect(try await recipe(shared: shared, on: .windowsX64).build.archive.value == .zip)
    #expect(try await recipe(shared: shared, on: .linuxX64).build.archive == Located(default: .tarZstandard))
  }

  @Test("a package's own level wins over the one for all, the runenv's over the shared; null takes one back")
  func levels() async throws {
    let shared =
      #"{"build": {"level": {"numba": "instant", "Py_YAML": "native", "six": "mixed"}, "minify": true}}"#
    let own =
      #"{"build": {"level": {"*": "bytecode", "six": null}, "minify": {"numba": false}, "optimize": "release"}}"#
    let build = try await recipe(shared: shared, own: own).build
    func level(_ name: String) throws -> CodeLevel { build.level[try PackageName(parsing: name)].value }
    #expect(try level("numba") == .instant && level("py-yaml") == .native)
    #expect(try level("six") == .bytecode && level("other") == .bytecode)
    #expect(build.optimize.value == .release)
    #expect(try build.minify[PackageName(parsing: "numba")].value == false && build.minify.standard.value)
    let plain = try await recipe(shared: shared, own: #"{"build": {"level": "mixed"}}"#).build
    #expect(try plain.level[PackageName(parsing: "numba")].value == .instant)
    #expect(plain.level.standard.value == .mixed && plain.optimize == Located(default: .debug))
    let none = try await recipe(shared: "{}").build
    #expect(none.level.standard == Located(default: .instant) && none.minifyRemoves == [])
  }

  @Test("runtime is merged per key: a platform's before general ones, the runenv's before shared")
  func runtime() async throws {
    let shared = #"""
      {"runtime": {"provider": "debian", "suite": "bookworm", "keep": ["a"], "mirror": "https://s/",
        "platformSpecific": {"linux-x64": {"suite": "trixie"}, "macosx-x64": {"provider": "external"},
          "macosx-aarch64": {"provider": "external"}, "windows-x64": {"provider": "external"}}}}
      """#
    let own = #"{"runtime": {"suite": "sid", "keep": [], "mirror": "https://o/"}}"#
    let linux = try await recipe(shared: shared, own: own).runtime
    #expect(linux.provider.value == .debian)
    #expect(linux.suite?.value == "trixie")
    #expect(linux.mirror?.value == "https://o/")
    #expect(linux.keep.isEmpty)
    #expect(try await recipe(shared: shared, own: own, on: .linuxAArch64).runtime.suite?.value == "sid")
    #expect(try await recipe(shared: shared, own: own, on: .windowsX64).runtime.provider.value == .external)
  }

  @Test("a runenv's platforms replace the shared set, floors fall through")
  func platforms() async throws {
    let loaded = try await workspace([
      "shared-config.json": #"{"platforms": {"linux-x64": {"floor": "2.17"}, "macosx-x64": null}}"#,
      "runenvs/python-3.13.5/config.json": #"{"platforms": ["windows-x64", "macosx-aarch64", "linux-x64"]}"#,
      "runenvs/python-3.13.5-b/config.json": "{}",
    ])
    #expect(
      loaded.cells.map(\.description) == [
        "python-3.13.5@linux-x64", "python-3.13.5@macosx-aarch64", "python-3.13.5@windows-x64",
        "python-3.13.5-b@linux-x64", "python-3.13.5-b@macosx-x64",
      ])
    let floors = loaded.recipes.map { $0.floor?.value.description }
    #expect(floors == ["2.17", "13.0", nil, "2.17", "13.0"])
    #expect(loaded.recipe(for: CellID(runenv: "python-3.13.5", platform: .macOSX64)) == nil)
  }

  @Test("accepted failures are merged as skip rules are")
  func allowedFailures() async throws {
    let merged = try await recipe(
      shared: #"{"verify": {"allow": {"b": {"*": "r"}, "tkinter*": {"*": "no Tk"}}}}"#,
      own: #"{"verify": {"allow": {"b": {"linux-x64": null}, "a": {"linux-x64": "why"}}}}"#)
    #expect(merged.allowedFailures.map(\.pattern) == ["a", "tkinter*"])
    #expect(merged.allowedFailures.map(\.reason) == ["why", "no Tk"])
  }
}
