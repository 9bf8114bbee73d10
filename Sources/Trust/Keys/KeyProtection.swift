import Artifacts

/// How a secret key is protected by a password: scrypt's salt and costs, as minisign's file has them.
struct KeyProtection: Hashable {
  /// 32 bytes.
  let salt: [UInt8]
  /// How much is to be computed.
  let work: UInt64
  /// How much memory is to be taken, in bytes.
  let memory: UInt64

  /// The largest memory that a key may ask for: a made-up file must not be able to take the machine's.
  static let memoryLimit: UInt64 = 2 << 30
  /// The largest work: eight times what minisign asks for.
  static let workLimit: UInt64 = 1 << 28

  /// minisign's own costs unless others are given.
  init(salt: [UInt8], work: UInt64 = 33_554_432, memory: UInt64 = 1 << 30) {
    self.salt = salt
    self.work = work
    self.memory = memory
  }

  /// From the 48 bytes of a file.
  init(_ bytes: ArraySlice<UInt8>) {
    func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(
      salt: Array(bytes.prefix(32)), work: number(bytes.dropFirst(32).prefix(8)),
      memory: number(bytes.dropFirst(40).prefix(8)))
  }

  var bytes: [UInt8] {
    salt + [work, memory].flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
  }

  /// What a secret is covered with.
  ///
  /// It blocks. Errors name the key's file `name`.
  func mask(_ password: String, name: String) throws(TrustError) -> [UInt8] {
    guard memory <= Self.memoryLimit, work <= Self.workLimit, scrypt.memory <= Self.memoryLimit,
      let mask = scrypt.key(of: password, salt: salt, length: 104)
    else {
      throw .tooCostly(name, memory: scrypt.memory)
    }
    return mask
  }

  /// What libsodium makes of work and memory (`pickparams` of crypto_pwhash_scryptsalsa208sha256).
  var scrypt: Scrypt {
    let work = max(work, 32_768)
    if work < memory / 32 { return Scrypt(rounds: Self.powerOfTwo(upTo: work / 32), lanes: 1) }
    let rounds = Self.powerOfTwo(upTo: memory / 1024)
    return Scrypt(rounds: rounds, lanes: max(1, min(work / 4 / rounds, 0x3fff_ffff) / 8))
  }

  /// The highest power of two that is not above the limit, and at least 2.
  private static func powerOfTwo(upTo limit: UInt64) -> UInt64 {
    var power: UInt64 = 2
    while power <= limit / 2 { power *= 2 }
    return power
  }
}
