import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Runtimes

@Suite struct ArchiveProviderTests {
  private func spec(_ archive: [UInt8], in directory: FilePath) throws -> RuntimeSpec {
    let place = directory.appending("python.tar")
    try writeAtomically(archive, to: place)
    return RuntimeSpec(
      provider: .archive, python: PythonVersion(3, 13, 5), platform: .linuxX64, url: "file://\(place)",
      sha256: Digest.sha256(of: archive))
  }

  @Test("the prefix is found wherever it is in the archive", arguments: ["", "python/", "cpython-3.13.5/"])
  func root(prefix: String) async throws {
    try await RuntimeWorkshop.with { directory in
      let spec = try spec(FakeStandalone.linuxArchive(root: prefix), in: directory)
      let paths = try await RuntimeWorkshop(directory).paths(spec)
      #expect(paths.isSuperset(of: ["bin/python3.13", "bin/python3", "bin/python", "lib/python3.13/os.py"]))
    }
  }

  @Test("a lock carries no user name, and the configured URL still works")
  func credentials() async throws {
    try await RuntimeWorkshop.with { directory in
      let archive = FakeStandalone.linuxArchive()
      let server = try LoopbackServer { request in
        request.headers["authorization"] == nil ? .status(401) : .bytes(archive)
      }
      var spec = try spec(archive, in: directory)
      spec.url = server.url("/python.tar", user: "me:secret")
      let workshop = RuntimeWorkshop(directory)
      let pin = try await workshop.providers.pin(spec)
      #expect(pin.files[0].urls == [server.url("/python.tar")])
      let other = RuntimeWorkshop(directory, cache: "other")
      #expect(try await other.providers.layer(for: pin, spec: spec, in: other.store, level: 1) != nil)
    }
  }

  @Test("what the configuration does not say is asked for", arguments: ["url", "sha256"])
  func missing(key: String) async throws {
    try await RuntimeWorkshop.with { directory in
      var spec = try spec(FakeStandalone.linuxArchive(), in: directory)
      if key == "url" { spec.url = nil } else { spec.sha256 = nil }
      await #expect(throws: RuntimesError.missingSetting(.archive, key: key)) {
        try await RuntimeWorkshop(directory).providers.pin(spec)
      }
    }
  }

  @Test("an archive without an interpreter is refused")
  func noInterpreter() async throws {
    try await RuntimeWorkshop.with { directory in
      var tar = TarMaker()
      tar.addFile("README", "nothing here")
      let spec = try spec(tar.bytes, in: directory)
      await #expect {
        _ = try await RuntimeWorkshop(directory).layer(spec)
      } throws: {
        guard case RuntimesError.noInterpreter = $0 else { return false }
        return true
      }
    }
  }

  @Test("a link that leads out of the tree is refused", arguments: ["/etc/passwd", "../../../outside"])
  func escapingLink(target: String) async throws {
    try await RuntimeWorkshop.with { directory in
      var tar = TarMaker()
      tar.addFile("python/bin/python3.13", "#!/bin/sh\necho 3.13.5\n", mode: 0o755)
      tar.addSymlink("python/lib", target: target)
      let spec = try spec(tar.bytes, in: directory)
      await #expect(throws: LayersError.self) { _ = try await RuntimeWorkshop(directory).layer(spec) }
    }
  }
}
