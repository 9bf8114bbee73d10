/// A number of bytes as people read it, in decimal units: `812 B`, `4.1 MB`, `1.2 GB`.
package struct ByteCount: Hashable, Sendable, CustomStringConvertible {
  package let bytes: Int64

  package init(_ bytes: Int64) { self.bytes = bytes }

  package var description: String {
    let (number, unit) = parts(in: unit)
    return "\(number) \(unit)"
  }

  /// `84.2 of 230.1 MB`: this of `total`, both in the total's unit.
  package func description(of total: ByteCount) -> String {
    parts(in: total.unit).number + " of \(total)"
  }

  /// `+4.1 MB`, `-812 B`, `0 B`: how much larger something became.
  package var signedDescription: String { bytes > 0 ? "+\(self)" : description }

  /// The power of 1,000 that fits: one decimal of it never rounds to `1000.0`.
  private var unit: Int {
    guard bytes.magnitude >= 1_000 else { return 0 }
    let last = Self.units.count - 1
    return (1..<last).first { Double(bytes.magnitude) < 999.95 * Self.size(of: $0) } ?? last
  }

  private func parts(in unit: Int) -> (number: String, unit: String) {
    guard unit > 0 else { return (String(bytes), Self.units[0]) }
    let tenths = Int64((Double(bytes.magnitude) / Self.size(of: unit) * 10).rounded())
    return ("\(bytes < 0 ? "-" : "")\(tenths / 10).\(tenths % 10)", Self.units[unit])
  }

  private static let units = ["B", "kB", "MB", "GB", "TB", "PB"]

  private static func size(of unit: Int) -> Double {
    (0..<unit).reduce(1) { size, _ in size * 1_000 }
  }
}
