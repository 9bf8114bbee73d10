import Artifacts
import Layers
import Model
import SystemPackage
import Testing

@testable import Runtimes

@Suite struct HostileDebianTests {
  /// Writes an archive and expects that pinning, or putting together, fails so.
  private func expectFailure(
    _ debian: FakeDebian, python: PythonVersion = PythonVersion(3, 13, 5),
    _ matches: @escaping (any Error) -> Bool
  ) async throws {
    try await RuntimeWorkshop.with { directory in
      var spec = DebianProviderTests.spec(try debian.write(below: directory))
      spec.python = python
      let workshop = RuntimeWorkshop(directory)
      await #expect {
        _ = try await workshop.layer(spec)
      } throws: { error in
        matches(error)
      }
      let layers = try? listDirectory(directory.appending("cache/layers/keys"))
      #expect((layers ?? []).isEmpty)
      #expect((try? listDirectory(directory.appending("cache/tmp"))) ?? [] == [])
    }
  }

  @Test("a Release file without a good signature is refused")
  func unsigned() async throws {
    var debian = FakeDebian()
    debian.tamper = { path, bytes in if path.hasSuffix("InRelease") { bytes.removeFirst(7) } }
    try await expectFailure(debian) { $0 is RuntimesErrorForTests }
  }

  @Test("the signed Release file of another suite is refused")
  func otherSuite() async throws {
    var debian = FakeDebian()
    debian.codename = "bullseye"
    try await expectFailure(debian) {
      guard case RuntimesError.release(_, let reason) = $0 else { return false }
      return reason == "it is the release of 'bullseye', not of 'trixie'"
    }
  }

  @Test("an index that is not the listed one is refused")
  func changedIndex() async throws {
    var debian = FakeDebian()
    debian.tamper = { path, bytes in if path.hasSuffix("Packages.xz") { bytes.append(0) } }
    try await expectFailure(debian) { $0 is ArtifactError }
  }

  @Test("a package that is not the listed one is refused")
  func changedPackage() async throws {
    var debian = FakeDebian()
    debian.tamper = { path, bytes in if path.contains("libssl3") { bytes[bytes.count - 1] ^= 1 } }
    try await expectFailure(debian) {
      guard let error = $0 as? ArtifactError else { return false }
      return error.description.contains("libssl3t64_3.5.1-1_amd64.deb")
    }
  }

  @Test("a missing package is named")
  func missingPackage() async throws {
    var debian = FakeDebian()
    debian.packages.removeAll { $0.name == "libssl3t64" }
    try await expectFailure(debian) {
      $0 as? RuntimesError == .packageMissing("libssl3t64", suite: "trixie")
    }
  }

  @Test("a Python that the suite does not have is named, with those that it has")
  func otherPython() async throws {
    try await expectFailure(FakeDebian(), python: PythonVersion(3, 13, 9)) {
      $0 as? RuntimesError
        == .pythonNotInSuite(PythonVersion(3, 13, 9), suite: "trixie", available: ["3.13.5"], elsewhere: [])
    }
  }

  @Test("the hint names the suite that does have the Python")
  func elsewhere() async throws {
    try await RuntimeWorkshop.with { directory in
      let mirror = try FakeDebian().write(below: directory)
      var other = FakeDebian()
      other.suite = "bookworm"
      other.packages = [.init(name: "python3.11-minimal", version: "3.11.2-6")]
      _ = try other.write(below: directory)
      var spec = DebianProviderTests.spec(mirror)
      spec.suite = "bookworm"
      await #expect {
        try await RuntimeWorkshop(directory).providers.pin(spec)
      } throws: {
        ($0 as? RuntimesError)?.hint == "set runtime.suite to 'trixie'"
      }
    }
  }

  @Test("a program without the constants that have to change is refused, and nothing is stored")
  func unexpectedProgram() async throws {
    var debian = FakeDebian()
    debian["python3.13-minimal"].files[0].content = "#!/bin/sh\necho 3.13.5\n"
    try await expectFailure(debian) {
      guard case RuntimesError.unexpectedSource("bin/python3.13", _) = $0 else { return false }
      return true
    }
  }

  @Test("a program that says another version is refused")
  func otherVersion() async throws {
    var debian = FakeDebian()
    let program = debian["python3.13-minimal"].files[0].content
    debian["python3.13-minimal"].files[0].content = program.replacing("echo 3.13.5", with: "echo 3.13.6")
    try await expectFailure(debian) {
      $0 as? RuntimesError == .wrongVersion(expected: PythonVersion(3, 13, 5), found: "3.13.6")
    }
  }

  @Test("a program that does not start is refused with what it says")
  func broken() async throws {
    var debian = FakeDebian()
    let program = debian["python3.13-minimal"].files[0].content
    debian["python3.13-minimal"].files[0].content = program.replacing(
      "echo 3.13.5", with: "echo 'no module named _ssl' >&2; exit 1")
    try await expectFailure(debian) {
      $0 as? RuntimesError
        == .probeFailed(PythonVersion(3, 13, 5), .linuxX64, reason: "no module named _ssl")
    }
  }

  @Test("links that lead out are left out, and nothing is written through them")
  func escapingLinks() async throws {
    try await RuntimeWorkshop.with { directory in
      var debian = FakeDebian()
      let outside = directory.appending("outside")
      try makeDirectory(outside)
      debian["libpython3.13-stdlib"].links = [
        ("usr/lib/python3.13/absolute", outside.string),
        ("usr/lib/python3.13/relative", "../../../../../../../../\(outside.string.dropFirst())"),
        ("usr/lib/python3.13/sly", "json/../../../../../outside"),
      ]
      for name in ["absolute", "relative", "sly"] {
        debian["libpython3.13-stdlib"].files.append(("usr/lib/python3.13/\(name)/x.py", "evil", 0o644))
      }
      let spec = DebianProviderTests.spec(try debian.write(below: directory))
      let paths = try await RuntimeWorkshop(directory).paths(spec)
      #expect(paths.contains("lib/python3.13/absolute/x.py"))
      let written = try listDirectory(outside)
      #expect(written.isEmpty)
    }
  }

  @Test("a C library that cannot come along is named, with the floor that would do")
  func oldLibc() async throws {
    var debian = FakeDebian()
    debian["libc6"].version = "2.31-13"
    debian["python3.13-minimal"].depends = "libpython3.13-minimal, libc6 (>= 2.29)"
    debian["libssl3t64"].depends = ""
    try await expectFailure(debian) {
      ($0 as? RuntimesError)?.hint == "set the platform's floor to 2.29"
    }
  }

  @Test("a platform that Debian does not have is named")
  func otherPlatform() async throws {
    try await RuntimeWorkshop.with { directory in
      var spec = DebianProviderTests.spec(nil)
      spec.platform = .windowsX64
      await #expect(throws: RuntimesError.unsupportedPlatform(.debian, .windowsX64)) {
        try await RuntimeWorkshop(directory).providers.pin(spec)
      }
    }
  }

  @Test("a lock of another provider is refused")
  func pinMismatch() async throws {
    try await RuntimeWorkshop.with { directory in
      let workshop = RuntimeWorkshop(directory)
      let spec = DebianProviderTests.spec(nil)
      let pin = RuntimePin(provider: .archive, version: spec.python)
      await #expect(throws: RuntimesError.pinMismatch(expected: .debian, found: .archive)) {
        try await workshop.providers.layer(for: pin, spec: spec, in: workshop.store, level: 1)
      }
    }
  }
}
