package import Model

/// Why a registry can't be used, or not be believed.
///
/// What a registry says itself is shown in short, without control characters.
package enum RegistryError: UserFacingError, Equatable {
  case badRepository(String, reason: String)
  /// The registry's answer was no.
  case refused(String, repository: String, status: Int, reason: String?)
  /// It wants to know who asks, or does not let in who does.
  case unauthorized(repository: String, wasAsked: Bool)
  /// A program that keeps passwords for docker could not be asked.
  case helperFailed(program: String, repository: String, reason: String)
  /// It asks in a way that is not known.
  case unknownChallenge(repository: String, String)
  /// The place that gives tokens for it gave none.
  case noToken(repository: String, realm: String, reason: String)
  /// What it sent, or says it keeps, has other bytes than those that were asked for.
  case wrongDigest(String, repository: String, expected: Digest, got: Digest)
  case malformed(String, reason: String)
  /// It sends us to a place that may not have what was to be sent.
  case badLocation(repository: String, reason: String)
  /// A manifest was refused because what it names is not there.
  case blobsMissing(String, repository: String, reason: String?)
  /// Two ids have the same tag.
  case tagTaken(String, repository: String, by: String, wanted: String)
  /// What lies below environments in images could not be made.
  case noBase(reason: String)
  /// Uploading did not advance.
  case uploadBroken(Digest, repository: String, reason: String)
}

extension RegistryError {
  package var description: String {
    switch self {
    case .badRepository(let text, let reason): "'\(text)' is no repository of a registry: \(reason)"
    case .refused(let what, let repository, let status, let reason):
      "the registry answered \(status) for \(what) of '\(repository)'" + Self.saying(reason)
    case .unauthorized(let repository, let wasAsked):
      wasAsked
        ? "the registry does not accept the user name and password for '\(repository)'"
        : "the registry wants a user name and a password for '\(repository)'"
    case .helperFailed(let program, let repository, let reason):
      "'\(Self.short(program))' gives no password for '\(repository)': \(Self.short(reason))"
    case .unknownChallenge(let repository, let challenge):
      "the registry of '\(repository)' asks for '\(Self.short(challenge))', which ppp does not know"
    case .noToken(let repository, let realm, let reason):
      "'\(Self.short(realm))' gives no token for '\(repository)': \(reason)"
    case .wrongDigest(let what, let repository, let expected, let got):
      "\(what) of '\(repository)' has the wrong digest: expected \(expected), got \(got)"
    case .malformed(let what, let reason): "\(what) can't be read: \(reason)"
    case .badLocation(let repository, let reason):
      "the registry of '\(repository)' wants uploads elsewhere: \(reason)"
    case .blobsMissing(let what, let repository, let reason):
      "the registry misses parts of \(what) of '\(repository)'" + Self.saying(reason)
    case .tagTaken(let tag, let repository, let other, let wanted):
      "the tag '\(tag)' of '\(repository)' is that of '\(Self.short(other))', and can't be that of '\(wanted)'"
    case .noBase(let reason): "the C library and the shell of the images could not be had: \(reason)"
    case .uploadBroken(let digest, let repository, let reason):
      "\(digest) could not be uploaded to '\(repository)': \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .badRepository: "write oci://HOST/NAME"
    case .unauthorized(let repository, _):
      "run 'docker login \(Self.host(repository))', or put it in ~/.netrc"
    case .helperFailed(_, let repository, _):
      "docker's config.json names it for '\(Self.host(repository))': install it, or set "
        + "PPP_INDEX_<HOST>_USERNAME and PPP_INDEX_<HOST>_PASSWORD and take it out there"
    case .refused(_, let repository, 403, _):
      "check what the user may do in '\(repository)'"
    case .refused(_, _, 404, _): "check the name; some registries want the repository to be made first"
    case .refused(_, _, 429, _), .uploadBroken:
      "run the same command again later: what is there is not sent again"
    case .blobsMissing: "run the same command again: what is there is not sent again"
    case .wrongDigest: "the registry, or something before it, changes what it keeps: don't use it"
    case .tagTaken: "rename one of the two, or publish it to a repository of its own"
    case .noBase: "for images that hold nothing but the environment, write oci://HOST/NAME?base=none"
    case .badLocation, .refused, .unknownChallenge, .noToken, .malformed: nil
    }
  }

  private static func saying(_ reason: String?) -> String { reason.map { ": \(short($0))" } ?? "" }

  private static func host(_ repository: String) -> Substring { repository.prefix { $0 != "/" } }

  private static func short(_ text: String) -> String {
    let plain = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    return plain.count > 200 ? plain.prefix(180) + "…" : plain
  }
}
