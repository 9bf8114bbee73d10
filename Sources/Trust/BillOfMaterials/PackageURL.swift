/// A package's name wherever it comes from: `pkg:pypi/numpy@2.2.6` (<https://github.com/package-url/purl-spec>).
struct PackageURL: CustomStringConvertible {
  let description: String

  /// Parts are percent-encoded; qualifiers are sorted by their names, and those without a value left out.
  init(_ type: String, _ names: [String], version: String, qualifiers: [String: String?] = [:]) {
    let path = names.map(Self.encoded).joined(separator: "/")
    let pairs = qualifiers.compactMapValues(\.self).sorted { $0.key < $1.key }
      .map { "\($0.key)=\(Self.encoded($0.value))" }
    let rest = pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    description = "pkg:\(type)/\(path)@\(Self.encoded(version))\(rest)"
  }

  private static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: ":"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
