import FoundationEssentials
import Model
import Processes
import SystemPackage
import Testing

@testable import Runtimes

private let path = "/usr/bin:/bin"
private let hasTools = findExecutable("gpg", in: path) != nil && findExecutable("gpgv", in: path) != nil

/// The real gpgv with a key made for the test.
@Suite(.enabled(if: hasTools)) struct ReleaseSignatureTests {
  private static let text = "Codename: trixie\nSHA256:\n aa 1 main\n"

  /// Signs a text and gives the keyring and what was signed.
  private func withSigned(_ body: (FilePath, [UInt8]) async throws -> Void) async throws {
    try await withTemporaryDirectory(in: "/tmp") { home in
      let program = try #require(findExecutable("gpg", in: path))
      func gpg(_ arguments: [String], input: String = "") async throws -> [UInt8] {
        let common = [
          "--homedir", home.string, "--batch", "--quiet", "--passphrase", "", "--pinentry-mode", "loopback",
        ]
        return try await run(
          checked: Command(
            program, common + arguments, environment: ["PATH": path], input: Array(input.utf8),
            timeout: .seconds(60))
        ).output
      }
      _ = try await gpg(["--quick-gen-key", "Test <test@example.org>", "ed25519", "sign", "never"])
      let keyring = home.appending("keyring.gpg")
      try writeAtomically(try await gpg(["--export"]), to: keyring)
      let signed = try await gpg(["--clearsign"], input: Self.text)
      if let agent = findExecutable("gpgconf", in: path) {
        _ = try await run(
          Command(agent, ["--homedir", home.string, "--kill", "all"], environment: ["PATH": path]))
      }
      try await body(keyring, signed)
    }
  }

  @Test("only the signed text is passed on, whatever stands around it")
  func good() async throws {
    try await withSigned { keyring, signed in
      let signature = ReleaseSignature(searchPath: nil, keyring: keyring)
      let around = Array("evil: before\n".utf8) + signed + Array("evil: after\n".utf8)
      for bytes in [signed, around] {
        let text = try? await signature.verify(bytes, url: "x")
        // gpgv may refuse what stands around, or leave it out.
        if let text { #expect(String(decoding: text, as: UTF8.self) == Self.text) }
      }
      let text = try await signature.verify(signed, url: "x")
      #expect(text == Array(Self.text.utf8))
    }
  }

  @Test("one changed letter is refused")
  func changed() async throws {
    try await withSigned { keyring, signed in
      var changed = signed
      changed.replace("trixie", with: "trixif")
      await #expect {
        try await ReleaseSignature(searchPath: nil, keyring: keyring).verify(changed, url: "the url")
      } throws: {
        guard case RuntimesError.badSignature("the url", _) = $0 else { return false }
        return true
      }
    }
  }

  @Test("an unsigned text and a key that is not known are refused")
  func unknown() async throws {
    try await withSigned { keyring, signed in
      let signature = ReleaseSignature(searchPath: nil, keyring: keyring)
      await #expect(throws: RuntimesError.self) {
        try await signature.verify(Array(Self.text.utf8), url: "x")
      }
      try await withSigned { other, _ in
        let signature = ReleaseSignature(searchPath: nil, keyring: other)
        await #expect(throws: RuntimesError.self) { try await signature.verify(signed, url: "x") }
      }
    }
  }

  @Test("a missing keyring says what to install")
  func noKeyring() async throws {
    await #expect {
      try await ReleaseSignature(searchPath: nil, keyring: "/nonexistent.gpg").verify([], url: "x")
    } throws: {
      ($0 as? RuntimesError)?.hint == "apt-get install debian-archive-keyring"
    }
  }
}
