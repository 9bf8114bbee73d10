import Model
import Terminal

/// How many bytes of artifacts and layers a cache may keep: `PPP_CACHE_LIMIT`, 20 GB by default.
struct CacheLimit: CustomStringConvertible {
  let bytes: Int64

  private static let units: [(suffix: String, factor: Int64)] = [
    ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1),
  ]

  /// Reads `20GB`, `500 MB` or a number of bytes.
  init(parsing text: String) throws(ParseError) {
    let compact = text.replacing(" ", with: "").uppercased()
    let unit = Self.units.first { compact.hasSuffix($0.suffix) }
    guard let number = Double(compact.dropLast(unit?.suffix.count ?? 0)), number >= 0,
      number < 1e9 || unit == nil,
      number.isFinite
    else {
      throw ParseError(expected: "size", text: text, hint: "write it as 20GB, 500MB or a number of bytes")
    }
    bytes = Int64(number * Double(unit?.factor ?? 1))
  }

  init(environment: [String: String]) throws(ParseError) {
    try self.init(parsing: environment["PPP_CACHE_LIMIT"] ?? "20GB")
  }

  var description: String { ByteCount(bytes).description }
}
