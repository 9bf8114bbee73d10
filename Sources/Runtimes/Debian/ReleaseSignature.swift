import Model
import Processes
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// Gives the text that a signature vouches for, or throws; the URL is for messages.
package typealias SignatureVerifier = @Sendable (_ signed: [UInt8], _ url: String) async throws -> [UInt8]

/// Checks Debian's InRelease files with `gpgv` and the archive's keyring.
struct ReleaseSignature: Sendable {
  static let keyring: FilePath = "/usr/share/keyrings/debian-archive-keyring.gpg"

  let searchPath: String?
  let keyring: FilePath

  init(searchPath: String?, keyring: FilePath = Self.keyring) {
    self.searchPath = searchPath
    self.keyring = keyring
  }

  /// The text that gpgv itself writes: what else is in the file is not signed.
  ///
  /// - Throws: `RuntimesError.badSignature`, or what to install when gpgv or the keyring is missing.
  func verify(_ signed: [UInt8], url: String) async throws -> [UInt8] {
    // A fresh PATH need not have gpgv, so the usual places are looked at too.
    let path = (searchPath.map { "\($0):" } ?? "") + "/usr/bin:/bin:/usr/local/bin"
    guard let gpgv = findExecutable("gpgv", in: path) else {
      throw RuntimesError.missingProgram("gpgv", package: "gpgv")
    }
    guard access(keyring.string, R_OK) == 0 else {
      throw RuntimesError.missingFile(keyring, package: "debian-archive-keyring")
    }
    return try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-gpgv-") { home in
      // Its home directory is an empty one, so that no file of the user's has a say.
      let result = try await run(
        Command(
          gpgv, ["--homedir", home.string, "--keyring", keyring.string, "--output", "-", "-"],
          environment: ["LC_ALL": "C", "PATH": "/usr/bin:/bin"], input: signed, timeout: .seconds(60)))
      guard result.succeeded, !result.output.isEmpty else {
        throw RuntimesError.badSignature(url: url, reason: result.tail(lines: 3))
      }
      return result.output
    }
  }
}
