import Model
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("Passwords of registries")
struct RegistryPasswordTests {
  /// A scene in which docker has its passwords kept by this program, and a registry that lets `u` with `p` in.
  private func withProgram(
    _ script: String, _ body: (Scene, _ place: String, LoopbackServer) async throws -> Void
  ) async throws {
    let server = try LoopbackServer { request in
      request.headers["authorization"] == "Basic dTpw"
        ? .status(404) : .status(401, headers: ["WWW-Authenticate": "Basic realm=\"here\""])
    }
    try await inScene { scene in
      var scene = scene
      let programs = scene.directory.appending("bin")
      scene.environment["PATH"] = "\(programs):/usr/bin:/bin"
      for (path, text) in [
        (programs.appending("docker-credential-keeper"), "#!/bin/sh\n\(script)\n"),
        (scene.directory.appending(".docker").appending("config.json"), #"{"credsStore":"keeper"}"#),
      ] {
        try makeDirectory(path.removingLastComponent())
        try writeAtomically(text.utf8, to: path, permissions: [.ownerReadWriteExecute])
      }
      try await body(scene, "127.0.0.1:\(server.port)", server)
    }
  }

  @Test("a program that docker has them kept by is run as docker runs it, with the user's environment")
  func asks() async throws {
    let script =
      #"printf '%s ' "$1" >"$HOME/asked"; cat >>"$HOME/asked"; echo '{"Username":"u","Secret":"p"}'"#
    try await withProgram(script) { scene, host, server in
      let ending = try await scene.run("pull", "python-3.13.5-one", "--from", "oci+http://\(host)/team/x")
      #expect(ending.status == 1 && ending.errors.contains("no catalogue"), "\(ending)")
      #expect(
        String(decoding: try readFile(scene.directory.appending("asked")), as: UTF8.self) == "get \(host)")
      #expect(server.requests.contains { $0.headers["authorization"] == "Basic dTpw" })
    }
  }

  @Test("a program that fails is told with what it says; what it says besides is shown nowhere")
  func tellsFailure() async throws {
    let script = "echo 'the keeper is locked'; echo s3cr3t-canary >&2; exit 1"
    try await withProgram(script) { scene, host, _ in
      let ending = try await scene.run("pull", "python-3.13.5-one", "--from", "oci+http://\(host)/team/x")
      #expect(ending.status == 1 && !ending.all.contains("canary"), "\(ending)")
      #expect(
        ending.errors.contains(
          "'docker-credential-keeper' gives no password for '\(host)/team/x': the keeper is locked"))
    }
  }
}
