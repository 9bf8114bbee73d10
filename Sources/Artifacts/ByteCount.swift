/// A size for people, in powers of 1000: `17.4 MB`, `980 kB`, `12 bytes`.
package func formatted(byteCount: Int64) -> String {
  let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
  for (unit, name) in units where byteCount >= Int64(unit) {
    let tenths = (byteCount * 10 + Int64(unit) / 2) / Int64(unit)
    return tenths >= 1000 || name == "kB"
      ? "\((tenths + 5) / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
  }
  return "\(byteCount) bytes"
}
