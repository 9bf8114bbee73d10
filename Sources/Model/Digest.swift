/// A SHA-256 digest: the name of every artifact, layer and bundle.
package struct Digest: Hashable, Sendable {
  /// 64 lower-case hexadecimal digits.
  package let hex: String

  /// The digest of exactly these 32 bytes.
  package init(bytes: some Collection<UInt8>) {
    precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes, not \(bytes.count)")
    hex = bytes.hexadecimal
  }
}

extension Digest: CustomStringConvertible {
  /// Reads `sha256:<hex>`, as manifests write it, or the bare digits, as `sha256sum` does.
  package init(parsing text: String) throws(ParseError) {
    let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
    guard digits.utf8.count == 64, digits.utf8.allSatisfy({ $0.isHexadecimalDigit }) else {
      throw ParseError(expected: "SHA-256 digest", text: text, hint: "it has 64 hexadecimal digits")
    }
    hex = digits.lowercased()
  }

  package var description: String { "sha256:\(hex)" }
}

extension Digest: Comparable {
  package static func < (left: Digest, right: Digest) -> Bool { left.hex < right.hex }
}

extension Digest: TextCodable {}

extension Collection<UInt8> {
  /// The bytes as lower-case hexadecimal digits.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: count * 2) { buffer in
      var index = 0
      for byte in self {
        buffer[index] = digits[Int(byte >> 4)]
        buffer[index + 1] = digits[Int(byte & 15)]
        index += 2
      }
      return index
    }
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool {
    (0x30...0x39).contains(self) || (0x61...0x66).contains(self) || (0x41...0x46).contains(self)
  }
}
