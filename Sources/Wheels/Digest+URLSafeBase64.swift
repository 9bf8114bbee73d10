import Model

extension Digest {
  /// The digest as RECORD files write it: base 64 in the URL-safe alphabet, without padding (RFC 4648 §5).
  var urlSafeBase64: String {
    var text: [UInt8] = []
    var (bits, width) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      width += 8
      while width >= 6 {
        width -= 6
        text.append(alphabet[bits >> width & 63])
      }
    }
    if width > 0 { text.append(alphabet[bits << (6 - width) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// nil unless the text is 32 bytes in URL-safe base 64; padding is fine.
  init?(urlSafeBase64 text: some StringProtocol) {
    var bytes: [UInt8] = []
    var (bits, width) = (0, 0)
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: character), bytes.count <= 32 else { return nil }
      bits = bits << 6 & 0xffff | value
      width += 6
      if width >= 8 {
        width -= 8
        bytes.append(UInt8(bits >> width & 255))
      }
    }
    guard bytes.count == 32 else { return nil }
    self.init(bytes: bytes)
  }

  private var bytes: [UInt8] {
    let digits = hex.utf8.map {
      $0 <= UInt8(ascii: "9") ? $0 - UInt8(ascii: "0") : $0 - UInt8(ascii: "a") + 10
    }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
