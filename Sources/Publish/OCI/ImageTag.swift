import Artifacts
import Model

/// A tag of a registry: letters, digits, `_`, `.` and `-`, at most 128.
package struct ImageTag: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  static let longest = 128

  /// Nil for what is no tag: what comes from a registry is put into URLs only after this.
  package init?(validating text: String) {
    guard text.utf8.count <= Self.longest, let first = text.utf8.first, first.isWordCharacter,
      text.utf8.allSatisfy({ $0.isWordCharacter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
    else { return nil }
    description = text
  }

  /// The tag of an id.
  ///
  /// The `+` of a module's cell becomes `_`, as Helm has it for versions. An id that has other characters that no tag has, or
  /// is too long, becomes what is left of its beginning and twelve digits of its SHA-256.
  package init(naming id: String) {
    let text = id.replacing("+", with: "_")
    if let tag = ImageTag(validating: text) {
      self = tag
      return
    }
    let kept = text.utf8.map { $0.isWordCharacter || $0 == UInt8(ascii: ".") ? $0 : UInt8(ascii: "-") }
    let stem = String(decoding: kept.drop { !$0.isWordCharacter }.prefix(100), as: UTF8.self)
    description = (stem.isEmpty ? "id" : stem) + "-" + Digest.sha256(of: id).hex.prefix(12)
  }

  package static let latest = ImageTag(naming: "latest")
}

extension UInt8 {
  fileprivate var isWordCharacter: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || self == UInt8(ascii: "_")
  }
}
