/// Eight bytes that tell keys apart.
///
/// They say which key made a signature, and prove nothing.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
  let bytes: [UInt8]

  init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// Sixteen upper-case hexadecimal digits, as minisign shows it (which leaves leading zeros out).
  package var description: String {
    bytes.reversed().map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 2 ? digits : "0" + digits
    }.joined()
  }
}
