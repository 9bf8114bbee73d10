import Artifacts
import Layers
import Model
import SystemPackage
import Testing

@testable import Runtimes

@Suite struct StandaloneProviderTests {
  private func spec(_ mirror: String, platform: Platform = .linuxX64) -> RuntimeSpec {
    RuntimeSpec(
      provider: .pythonBuildStandalone, python: PythonVersion(3, 13, 5), platform: platform, mirror: mirror,
      release: FakeStandalone.release)
  }

  @Test("a pin has the digest that the release lists, and the URL that its links have")
  func pin() async throws {
    try await RuntimeWorkshop.with { directory in
      let mirror = try FakeStandalone().write(below: directory)
      let pin = try await RuntimeWorkshop(directory).providers.pin(spec(mirror))
      let file = try #require(pin.files.first)
      #expect(pin.files.count == 1 && pin.attributes == ["release": "20250612"])
      #expect(file.name == FakeStandalone.linux)
      #expect(file.urls == ["\(mirror)/20250612/\(FakeStandalone.linux.replacing("+", with: "%2B"))"])
      #expect(file.digest == Digest.sha256(of: FakeStandalone.linuxArchive()))
    }
  }

  @Test("the result has one layout, without tests, pip, static libraries and build paths")
  func layout() async throws {
    try await RuntimeWorkshop.with { directory in
      let events = Counter()
      let workshop = RuntimeWorkshop(directory) { if case .diagnosed = $0 { events.increase() } }
      let spec = spec(try FakeStandalone().write(below: directory))
      let expected: Set<String> = [
        "bin/python", "bin/python3", "bin/python3.13", "bin/pydoc3.13", "include/python3.13/patchlevel.h",
        "lib/python3.13/os.py", "lib/python3.13/site-packages", "lib/pkgconfig/python-3.13.pc",
        "lib/python3.13/_sysconfigdata__linux_x86_64-linux-gnu.py",
      ]
      #expect(try await workshop.paths(spec) == expected)
      let place = try await workshop.unpack(spec)
      let script = String(decoding: try readFile(place.appending("bin/pydoc3.13")), as: UTF8.self)
      #expect(script == "#!/usr/bin/env python3\nimport pydoc\n")
    }
  }

  @Test("a Windows interpreter has python.exe at its root, and is not started here")
  func windows() async throws {
    try await RuntimeWorkshop.with { directory in
      let workshop = RuntimeWorkshop(directory)
      let spec = spec(try FakeStandalone().write(below: directory), platform: .windowsX64)
      let expected: Set<String> = [
        "python.exe", "DLLs/_ssl.pyd", "Lib/os.py", "Lib/site-packages", "include/patchlevel.h",
      ]
      #expect(try await workshop.paths(spec) == expected)
    }
  }

  @Test("a release without the stripped file gives the other")
  func unstripped() async throws {
    try await RuntimeWorkshop.with { directory in
      var release = FakeStandalone()
      let name = FakeStandalone.linux.replacing("_stripped", with: "")
      release.files = [name: FakeStandalone.linuxArchive()]
      let mirror = try release.write(below: directory)
      #expect(try await RuntimeWorkshop(directory).providers.pin(spec(mirror)).files.first?.name == name)
    }
  }

  @Test("the mirror of the environment is used, and the lock names the usual address")
  func environmentMirror() async throws {
    try await RuntimeWorkshop.with { directory in
      let near = try FakeStandalone().write(below: directory)
      var spec = spec(near)
      spec.mirror = nil
      let workshop = RuntimeWorkshop(directory, environment: ["PPP_PYTHON_MIRROR": near])
      let pin = try await workshop.providers.pin(spec)
      #expect(pin.files[0].urls[0].hasPrefix("https://github.com/astral-sh/python-build-standalone/"))
      #expect(try await workshop.providers.layer(for: pin, spec: spec, in: workshop.store, level: 1) != nil)
    }
  }

  @Test("what is external has nothing to pin and no layer")
  func external() async throws {
    try await RuntimeWorkshop.with { directory in
      let workshop = RuntimeWorkshop(directory)
      let spec = RuntimeSpec(provider: .external, python: PythonVersion(3, 13, 5), platform: .macOSX64)
      let pin = try await workshop.providers.pin(spec)
      #expect(pin == RuntimePin(provider: .external, version: spec.python))
      #expect(try await workshop.layer(spec) == nil)
    }
  }
}

@Suite struct HostileStandaloneTests {
  private func expectFailure(
    _ release: FakeStandalone, python: PythonVersion = PythonVersion(3, 13, 5),
    _ matches: @escaping (any Error) -> Bool
  ) async throws {
    try await RuntimeWorkshop.with { directory in
      let mirror = try release.write(below: directory)
      let spec = RuntimeSpec(
        provider: .pythonBuildStandalone, python: python, platform: .linuxX64, mirror: mirror,
        release: FakeStandalone.release)
      await #expect {
        _ = try await RuntimeWorkshop(directory).layer(spec)
      } throws: {
        matches($0)
      }
    }
  }

  @Test("a file that is not the listed one is refused")
  func wrongDigest() async throws {
    var release = FakeStandalone()
    let digest = Digest.sha256(of: FakeStandalone.linuxArchive()).hex
    release.editList = { $0 = $0.replacing(digest, with: String(repeating: "a", count: 64)) }
    try await expectFailure(release) { $0 is ArtifactError }
  }

  @Test("a list that is not one is refused", arguments: ["<html>not found</html>\n", "abc  file.tar.gz\n"])
  func malformed(text: String) async throws {
    var release = FakeStandalone()
    release.editList = { $0 = text }
    try await expectFailure(release) {
      guard case RuntimesError.malformedChecksums = $0 else { return false }
      return true
    }
  }

  @Test("a name with two digests is refused")
  func twoDigests() async throws {
    var release = FakeStandalone()
    release.editList = { $0 += "\(String(repeating: "a", count: 64))  \(FakeStandalone.linux)\n" }
    try await expectFailure(release) {
      guard case RuntimesError.malformedChecksums = $0 else { return false }
      return true
    }
  }

  @Test("a Python that the release does not have is named, with those that it has")
  func missing() async throws {
    try await expectFailure(FakeStandalone(), python: PythonVersion(3, 12, 10)) {
      ($0 as? RuntimesError)?.hint == "that release has 3.13.5"
    }
  }

  @Test("an archive whose header says another version is refused")
  func otherVersion() async throws {
    var release = FakeStandalone()
    release.files = [FakeStandalone.linux: FakeStandalone.linuxArchive(version: "3.13.4")]
    try await expectFailure(release) {
      $0 as? RuntimesError == .wrongVersion(expected: PythonVersion(3, 13, 5), found: "3.13.4")
    }
  }
}
