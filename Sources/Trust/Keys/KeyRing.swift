import Artifacts
import Model
package import SystemPackage

/// The keys of a user: their own, to sign with, and those of others that they trust.
///
/// In its directory lie `NAME.key` and `NAME.pub` for each own key, and `trusted/NAME.pub` for each trusted one; all
/// are minisign's files, and minisign's own can be put there.
package struct KeyRing: Sendable {
  package let directory: FilePath
  var trustedDirectory: FilePath { directory.appending("trusted") }

  package init(_ directory: FilePath) { self.directory = directory }

  /// `PPP_KEYS_DIR`, else `ppp/keys` in `XDG_CONFIG_HOME`, else in `~/.config`.
  ///
  /// A relative `PPP_KEYS_DIR` counts from the working directory; a relative `XDG_CONFIG_HOME` is ignored.
  package init(environment: [String: String], workingDirectory: FilePath) {
    if let given = environment["PPP_KEYS_DIR"], !given.isEmpty {
      self.init(workingDirectory.pushing(FilePath(given)).lexicallyNormalized())
    } else if let base = environment["XDG_CONFIG_HOME"], FilePath(base).isAbsolute {
      self.init(FilePath(base).appending("ppp").appending("keys"))
    } else {
      self.init(CachePaths.home(environment).appending(".config").appending("ppp").appending("keys"))
    }
  }

  /// The user's own keys, sorted by name.
  package func own() throws -> [OwnKey] {
    try names(in: directory, ending: ".key").map { name in
      let path = publicFile(name)
      return OwnKey(
        name: name, publicKey: FileStatus(of: path) == nil ? nil : try PublicKey(at: path),
        isExposed: isReadableByOthers(secretFile(name)))
    }
  }

  /// The keys that are trusted, sorted by name; a file among them that is no key is an error, not passed over.
  package func trusted() throws -> [TrustedKey] {
    try names(in: trustedDirectory, ending: ".pub").map {
      TrustedKey(name: $0, publicKey: try PublicKey(at: trustedFile($0)))
    }
  }

  /// The key to sign with: the one of this name or in this file, else the only one.
  ///
  /// A text with a `/` in it is a path, relative to `workingDirectory`. The password is asked for only where the key
  /// is protected; nil when nobody is there to say it.
  package func secretKey(
    _ name: String?, from workingDirectory: FilePath, password: () async throws -> String?
  ) async throws -> SecretKey {
    let file = try SecretKeyFile(at: try secretFile(called: name, from: workingDirectory))
    guard file.isProtected else { return try file.key(password: nil) }
    guard let password = try await password() else { throw TrustError.passwordNeeded(file.name) }
    return try await blocking { _ in try file.key(password: password) }
  }

  private func secretFile(called name: String?, from workingDirectory: FilePath) throws -> FilePath {
    if let name, name.contains("/") { return workingDirectory.pushing(FilePath(name)) }
    let names = try names(in: directory, ending: ".key")
    guard let chosen = name ?? (names.count == 1 ? names.first : nil) else {
      throw names.isEmpty ? TrustError.noKey(nil, known: []) : TrustError.severalKeys(names)
    }
    guard names.contains(chosen) else { throw TrustError.noKey(chosen, known: names) }
    return secretFile(chosen)
  }

  /// Checks that a trusted key signed these bytes.
  ///
  /// `signature` is the signature's file; nil where there is none.
  ///
  /// - Returns: Who signed, or nil when no key is trusted at all and so anything is taken.
  /// - Throws: `TrustError` when there is no signature, none of a trusted key, or a wrong one.
  package func verify(_ bytes: [UInt8], signature: [UInt8]?, of name: String) throws -> Verified? {
    let keys = try trusted()
    guard !keys.isEmpty else { return nil }
    guard let signature else { throw TrustError.notSigned(name) }
    let parsed = try Signature(parsing: signature, name: "\(name).minisig")
    let candidates = keys.filter { $0.publicKey.id == parsed.signer }
    guard let last = candidates.last else {
      throw TrustError.untrusted(name, signer: parsed.signer, trusted: keys.map(\.publicKey.id))
    }
    // Key ids may collide; only when no key of this id fits is the signature wrong.
    for key in candidates.dropLast() {
      do throws(TrustError) {
        try key.publicKey.verify(bytes, parsed, of: name)
        return Verified(key: key, signature: parsed)
      } catch { continue }
    }
    try last.publicKey.verify(bytes, parsed, of: name)
    return Verified(key: last, signature: parsed)
  }

  package func secretFile(_ name: String) -> FilePath { directory.appending(name + ".key") }

  package func publicFile(_ name: String) -> FilePath { directory.appending(name + ".pub") }

  package func trustedFile(_ name: String) -> FilePath { trustedDirectory.appending(name + ".pub") }

  /// The names of the files with this ending; none when the directory isn't there.
  private func names(in directory: FilePath, ending: String) throws -> [String] {
    guard FileStatus(of: directory) != nil else { return [] }
    return try listDirectory(directory).compactMap {
      $0.hasSuffix(ending) && !$0.hasPrefix(".") ? String($0.dropLast(ending.count)) : nil
    }
  }
}

/// A key of the user.
package struct OwnKey: Hashable, Sendable {
  package let name: String
  /// Nil where its file was lost.
  package let publicKey: PublicKey?
  /// Whether other users of the machine can read the secret key.
  package let isExposed: Bool
}

/// A key that somebody trusts.
package struct TrustedKey: Hashable, Sendable {
  package let name: String
  package let publicKey: PublicKey
}

/// A signature that was checked, and whose it is.
package struct Verified: Hashable, Sendable {
  package let key: TrustedKey
  package let signature: Signature
}
