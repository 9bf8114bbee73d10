import ConfigMerge
import Model
import SystemPackage
import Testing

@Suite("Wrong configurations")
struct HostileConfigurationTests {
  @Test("problems of all files are reported together, sorted by place")
  func together() async throws {
    let found = try await problems(in: [
      "shared-config.json": "{\"runtimes\": {},\n \"build\": {\"timeout\": \"300\"}}",
      "runenvs/python-3.13.5/config.yaml":
        "packages:\n  dependency: []\n  skip:\n    six:\n      linux-x86: no\n",
      "runenvs/python-3.13/config.json": "{}",
    ])
    #expect(
      found == [
        "'runenvs/python-3.13' is not a runenv directory name"
          + " | name it python-<X.Y.Z>[-variant], as in python-3.13.5 or python-3.13.5-science",
        "runenvs/python-3.13.5/config.yaml:2:3: unknown key 'dependency' | did you mean 'dependencies'?",
        "runenvs/python-3.13.5/config.yaml:5:7: 'linux-x86' is not a platform | did you mean 'linux-x64'?",
        "shared-config.json:1:2: unknown key 'runtimes' | did you mean 'runtime'?",
        "shared-config.json:2:23: expected a whole number from 1 to 86400, not a string | write 300 without quotes",
      ])
  }

  @Test(
    "a value of the wrong kind or form is an error with a hint",
    arguments: [
      (
        #"{"packages": {"dependencies": ["numpy=1"]}}"#,
        "1:32: 'numpy=1' is not a requirement | write == for an exact version"
      ),
      (
        #"{"packages": {"dependencies": "numpy"}}"#, #"1:31: expected a list, not a string | write ["numpy"]"#
      ),
      (
        #"{"packages": {"dependencies": null}}"#,
        "1:31: expected a list, not null | leave the key out instead"
      ),
      (
        #"{"packages": {"overrides": {"a": 1.10}}}"#,
        #"1:34: expected a string, not a number | put it in quotes: "1.10""#
      ),
      (
        #"{"packages": {"overrides": {"a": "one"}}}"#,
        "1:34: 'one' is not a version or version specifier | write a version, as in 1.15.3, or >=1,<2"
      ),
      (
        #"{"packages": {"noDeps": ["-a"]}}"#,
        "1:26: '-a' is not a package name | names are ASCII letters, digits, '.', '_' and '-', starting and ending with a letter or digit"
      ),
      (
        #"{"packages": {"skip": {"a": "why"}}}"#,
        #"1:29: expected a mapping of platforms, not a string | write {"*": "why"} for all platforms"#
      ),
      (
        #"{"packages": {"skip": {"a": {"*": " "}}}}"#,
        "1:35: ' ' is not a reason | say why, for the people who read the plan"
      ),
      (
        #"{"packages": {"skip": {"Six": {"*": "a"}, "six": {"*": "b"}}}}"#,
        "1:43: 'six' is the package 'Six' again | it was first given at shared-config.json:1:24"
      ),
      (
        #"{"packages": {"buildWheel": {"a": {"*": {}}}}}"#,
        #"1:41: 'reason' is missing | add "reason": why it has to be built"#
      ),
      (
        #"{"skip": {}}"#, "1:2: unknown key 'skip' | it belongs under 'packages'"
      ),
      (
        #"{"verify": {"xyzzy": 1}}"#, "1:13: unknown key 'xyzzy' | the keys here are allow"
      ),
      (#"{"build": {"layout": "trees"}}"#, "1:22: 'trees' is not one of the choices | did you mean 'tree'?"),
      (#"{"build": {"archive": "gz"}}"#, "1:23: 'gz' is not one of the choices | write one of tar.zst, zip"),
      (#"{"build": {"enableLogging": "yes"}}"#, "1:29: expected true or false, not a string | write true"),
      (
        #"{"build": {"level": "bytcode"}}"#,
        "1:21: 'bytcode' is not one of the choices | did you mean 'bytecode'?"
      ),
      (
        #"{"build": {"level": {"numpy": true}}}"#,
        "1:31: expected a string, not true | put it in quotes: \"true\""
      ),
      (
        #"{"build": {"level": {"a_b": "mixed", "A.b": "mixed"}}}"#,
        "1:38: 'A.b' is the package 'a_b' again | it was first given at shared-config.json:1:22"
      ),
      (#"{"build": {"compressionLevel": 20}}"#, "1:32: expected a whole number from 1 to 19, not 20"),
      (#"{"build": {"compressionLevel": 3.0}}"#, "1:32: expected a whole number from 1 to 19, not 3.0"),
      (
        #"{"build": {"timeout": 99999999999999999999999999}}"#,
        "1:23: expected a whole number from 1 to 86400, not 99999999999999999999…"
      ),
      (
        #"{"registries": {"default": "pypi.org"}}"#,
        "1:28: 'pypi.org' is not a URL | it starts with https://, http:// or file://"
      ),
      (#"{"platforms": []}"#, "1:15: the list is empty | leave the key out for all of them"),
      (#"{"platforms": {}}"#, "1:15: the mapping is empty | leave the key out for all platforms"),
      (
        #"{"platforms": ["linux-x64", "linux-x64"]}"#,
        "1:29: 'linux-x64' is listed twice | it was first given at shared-config.json:1:16"
      ),
      (#"{"platforms": {"windows-x64": {"floor": "10.0"}}}"#, "1:41: windows-x64 has no floor | remove it"),
      (
        #"{"platforms": {"linux-x64": {"floor": "2"}}}"#,
        #"1:39: '2' is not a platform floor | write it as MAJOR.MINOR: "2.28" for glibc, "13.0" for macOS"#
      ),
      (#"{"runtime": {"release": "2025"}}"#, "1:25: '2025' is not a release | it is a date, as in 20250612"),
      (
        #"{"runtime": {"sha256": "00"}}"#, "1:24: '00' is not a SHA-256 digest | it has 64 hexadecimal digits"
      ),
      ("[]", "1:1: expected a mapping, not a list"),
    ])
  func value(json: String, problem: String) async throws {
    #expect(try await problems(json: json) == ["shared-config.json:" + problem])
  }

  @Test(
    "a copied file's path that leaves its place is refused",
    arguments: [
      (
        "../a", "bin",
        "1:36: '../a' is not a source path | '..' leaves the directory of the configuration file"
      ),
      (
        "a/../../b", "bin",
        "1:36: 'a/../../b' is not a source path | '..' leaves the directory of the configuration file"
      ),
      ("/etc/passwd", "bin", "1:36: '/etc/passwd' is not a source path | write a relative path"),
      ("", "bin", "1:36: '' is not a source path | it is empty; write '.' for all of it"),
      ("a\\\\b", "bin", "1:36: 'a\\b' is not a source path | separate directories with '/'"),
      ("a", "../x", "1:47: '../x' is not a destination path | '..' leaves the environment"),
      ("a", "/bin", "1:47: '/bin' is not a destination path | write a relative path"),
      ("a", "C:/x", "1:47: 'C:/x' is not a destination path | write a relative path"),
      (
        "a", "{site-packages}/../x",
        "1:47: '{site-packages}/../x' is not a destination path | '..' leaves site-packages"
      ),
      (
        "a", "{site-packages}x",
        "1:47: '{site-packages}x' is not a destination path | write {site-packages}/…"
      ),
      (
        "a", "{prefix}/x",
        "1:47: '{prefix}/x' is not a destination path | the only placeholder is {site-packages}, at the start"
      ),
      (
        "a", "x/{site-packages}",
        "1:47: 'x/{site-packages}' is not a destination path | the only placeholder is {site-packages}, at the start"
      ),
      (
        "a", "{site-packages}/{v}",
        "1:47: '{site-packages}/{v}' is not a destination path | the only placeholder is {site-packages}, at the start"
      ),
    ])
  func copyFiles(from: String, to: String, problem: String) async throws {
    let json = #"{"packages":{"copyFiles":[{"from": "\#(from)", "to": "\#(to)"}]}}"#
    #expect(try await problems(json: json) == ["shared-config.json:" + problem])
  }

  @Test("paths that stay inside are fine", arguments: ["a/", "./a/../b", ".", "é/x"])
  func innerPaths(path: String) async throws {
    for to in [path, "{site-packages}", "{site-packages}/" + path] {
      let json = #"{"packages":{"copyFiles":[{"from": "\#(path)", "to": "\#(to)"}]}}"#
      #expect(try await problems(json: json).isEmpty)
    }
  }

  @Test("two configuration files in one place are an error")
  func twoFiles() async throws {
    let found = try await problems(in: [
      "shared-config.json": "{}", "shared-config.yaml": "", "runenvs/python-3.13.5/config.json": "{}",
      "runenvs/python-3.13.5/config.yml": "",
    ])
    #expect(
      found == [
        "runenvs/python-3.13.5/config.yml:1:1: both config.json and config.yml are there | remove one of them",
        "shared-config.yaml:1:1: both shared-config.json and shared-config.yaml are there | remove one of them",
      ])
  }

  @Test("a directory without shared configuration is no workspace")
  func noShared() async throws {
    let found = try await problems(in: ["runenvs/python-3.13.5/config.json": "{}"])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("there is no shared-config.json in '") == true)
  }

  @Test(
    "a bad runenv directory name is an error",
    arguments: [
      "python-3.13", "python-3.13.5-", "python3.13.5", "py-3.13.5", "python-3.13.5-a@b", "python-3.13.5--x",
      "python-03.13.5.1", "python-3.13.5-é",
    ])
  func directoryName(name: String) async throws {
    let found = try await problems(in: ["shared-config.json": "{}", "runenvs/\(name)/config.json": "{}"])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("'runenvs/\(name)' is not a runenv directory name") == true)
  }

  @Test("a link that leads nowhere is not taken for a runenv without a file")
  func danglingLink() async throws {
    try await withFiles(["shared-config.json": "{}", "runenvs/python-3.13.5/note": ""]) { root in
      try makeSymbolicLink(at: root.appending("runenvs/python-3.13.5/config.json"), to: "missing")
      #expect(throws: ConfigurationErrors.self) { try Workspace.load(at: root) }
    }
  }

  @Test("a provider that lacks what it needs is an error where it is chosen")
  func providers() async throws {
    #expect(
      try await problems(in: [
        "shared-config.json": #"{"runtime": {"provider": "archive", "url": "https://h/x.tar.gz"}}"#,
        "runenvs/python-3.13.5/n": "",
      ]) == [
        "shared-config.json:1:26: the provider 'archive' needs a url and a sha256"
          + " | add them to the runtime, or to its platformSpecific entries"
      ])
    let found = try await problems(in: [
      "shared-config.json": #"{"runtime": {"provider": "debian"}, "platforms": ["windows-x64"]}"#,
      "runenvs/python-3.13.5/n": "",
    ])
    #expect(
      found == [
        "shared-config.json:1:26: the provider 'debian' has no interpreter for windows-x64"
          + #" | choose one under runtime.platformSpecific.windows-x64, as in "provider": "external""#
      ])
  }
}
