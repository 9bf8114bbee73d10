import Model
package import SystemPackage

/// Why a catalogue can't be signed, or isn't trusted.
package enum TrustError: UserFacingError, Equatable {
  /// A key or signature file that isn't one of minisign's.
  case badFile(String, reason: String)
  /// A secret key that is protected, and nobody said the password.
  case passwordNeeded(String)
  case wrongPassword(String)
  /// The memory that opening a protected key takes can't be had, or is more than any key should take.
  case tooCostly(String, memory: UInt64)
  /// A name that can't name a key.
  case badName(String)
  /// A file that would have to be overwritten.
  case keyExists(String)
  /// No key of this name; nil when there is no key at all.
  case noKey(String?, known: [String])
  /// More than one key could be meant.
  case severalKeys([String])
  /// What was remembered of a catalogue can't be read.
  case badState(FilePath)
  case notSigned(String)
  /// The signer is nobody who is trusted.
  case untrusted(String, signer: KeyID, trusted: [KeyID])
  /// The bytes, the signature or its comment were changed after signing.
  case badSignature(String, signer: KeyID)
  /// An earlier catalogue than the one that was seen here before.
  case replayed(String, sequence: Int, seen: Int)
  /// Two different catalogues with the same number.
  case forked(String, sequence: Int)
  /// Nobody renewed it in time; seconds since 1970.
  case expired(String, expires: Int64, now: Int64)
  /// This machine's clock shows a time before one that has certainly passed; seconds since 1970.
  case clockBehind(String, now: Int64, passed: Int64)

  package var description: String {
    switch self {
    case .badFile(let file, let reason): "'\(file)' is no key or signature: \(reason)"
    case .passwordNeeded(let file): "the secret key '\(file)' is protected by a password"
    case .wrongPassword(let file): "that is not the password of the secret key '\(file)'"
    case .tooCostly(let file, let memory):
      "opening the secret key '\(file)' takes \(ByteCount(Int64(clamping: memory))) of memory, which can't be had"
    case .badName(let name): "'\(name)' is no name for a key"
    case .keyExists(let file): "there is a key already at '\(file)', and keys are never overwritten"
    case .noKey(let name, _): name.map { "there is no key '\($0)'" } ?? "there is no key to sign with"
    case .severalKeys(let names): "there are several keys to sign with: \(names.joined(separator: ", "))"
    case .badState(let file): "'\(file)', where it is kept which catalogue was seen last, is damaged"
    case .notSigned(let file): "'\(file)' is not signed, and only what a trusted key signed is taken"
    case .untrusted(let file, let signer, _): "'\(file)' is signed by the key \(signer), which is not trusted"
    case .badSignature(let file, let signer):
      "'\(file)' is not what the key \(signer) signed: it, its signature or the signature's comment was changed"
    case .replayed(let place, let sequence, let seen):
      "the catalogue at '\(place)' has the number \(sequence), but \(seen) was seen there before"
    case .forked(let place, let sequence):
      "the catalogue at '\(place)' has the number \(sequence), which another one had before"
    case .expired(let place, let expires, _): "the catalogue at '\(place)' expired at \(UTCTime(expires))"
    case .clockBehind(let place, let now, let passed):
      "the clock of this machine shows \(UTCTime(now)), but the catalogue at '\(place)' is from \(UTCTime(passed))"
    }
  }

  package var hint: String? {
    switch self {
    case .badFile: "get the file again from where it was made"
    case .passwordNeeded: "set PPP_KEY_PASSWORD, or run this on a terminal"
    case .wrongPassword: "check PPP_KEY_PASSWORD, or unset it to be asked on a terminal"
    case .tooCostly: "sign on a machine with more memory, or make a key without a password: 'ppp key new'"
    case .badName: "use letters, digits, '.', '_' and '-', not beginning with '.' or '-'"
    case .keyExists: "give the new key another name"
    case .noKey(_, let known) where known.isEmpty: "'ppp key new' makes one"
    case .noKey(_, let known): "there are \(known.joined(separator: ", "))"
    case .severalKeys: "say which"
    case .badState(let file): "if nobody can have changed it, remove it: 'rm \(file)'"
    case .notSigned: "its publisher signs it with 'ppp publish --sign KEY'"
    case .untrusted(_, _, let trusted):
      "if it is its publisher's, 'ppp key trust FILE'; trusted are "
        + trusted.map(\.description).joined(separator: ", ")
    case .badSignature: "don't use it; ask its publisher to publish it again"
    case .replayed:
      "an old copy is being served: a stale mirror or proxy, or somebody's attempt to hide an update"
    case .forked: "two publishers wrote over each other, or somebody shows you another catalogue than others"
    case .expired: "ask its publisher to publish again, and check the clock of this machine"
    case .clockBehind: "set the clock: with a wrong one an expired catalogue can't be told from a fresh one"
    }
  }
}
