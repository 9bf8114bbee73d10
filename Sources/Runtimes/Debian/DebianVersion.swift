/// The version of a Debian package, ordered as dpkg orders them
/// (https://www.debian.org/doc/debian-policy/ch-controlfields.html#version).
///
/// `~` sorts before everything, even the end: `3.13.0~rc1-1 < 3.13.0-1`.
struct DebianVersion: Hashable, Sendable {
  let epoch: Int
  /// The version of what Debian packages: `3.11.2` of `3.11.2-6+deb12u8`.
  let upstream: String
  /// Debian's own part: `6+deb12u8`; empty when there is none.
  let revision: String

  init(_ text: some StringProtocol) {
    var rest = text[...]
    if let colon = rest.firstIndex(of: ":"), let epoch = Int(rest[..<colon]) {
      self.epoch = epoch
      rest = rest[rest.index(after: colon)...]
    } else {
      epoch = 0
    }
    if let hyphen = rest.lastIndex(of: "-") {
      upstream = String(rest[..<hyphen])
      revision = String(rest[rest.index(after: hyphen)...])
    } else {
      upstream = String(rest)
      revision = ""
    }
  }
}

extension DebianVersion: CustomStringConvertible {
  var description: String {
    (epoch == 0 ? "" : "\(epoch):") + upstream + (revision.isEmpty ? "" : "-\(revision)")
  }
}

extension DebianVersion: Comparable {
  static func < (left: DebianVersion, right: DebianVersion) -> Bool { left.compare(to: right) < 0 }

  /// Versions that dpkg takes for the same are equal, `1.0` and `1.00` too.
  static func == (left: DebianVersion, right: DebianVersion) -> Bool { left.compare(to: right) == 0 }

  func hash(into hasher: inout Hasher) { hasher.combine(epoch) }

  private func compare(to other: DebianVersion) -> Int {
    if epoch != other.epoch { return epoch < other.epoch ? -1 : 1 }
    let order = comparePart(Array(upstream.utf8), Array(other.upstream.utf8))
    return order != 0 ? order : comparePart(Array(revision.utf8), Array(other.revision.utf8))
  }
}

/// Compares by turns a run of non-digits, by `weight`, and a run of digits, as a number of any length.
private func comparePart(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var (i, j) = (0, 0)
  while i < left.count || j < right.count {
    while i < left.count && !left[i].isDigit || j < right.count && !right[j].isDigit {
      let difference = weight(i < left.count ? left[i] : nil) - weight(j < right.count ? right[j] : nil)
      if difference != 0 { return difference }
      i += 1
      j += 1
    }
    while i < left.count, left[i] == UInt8(ascii: "0") { i += 1 }
    while j < right.count, right[j] == UInt8(ascii: "0") { j += 1 }
    var firstDifference = 0
    while i < left.count, left[i].isDigit, j < right.count, right[j].isDigit {
      if firstDifference == 0 { firstDifference = Int(left[i]) - Int(right[j]) }
      i += 1
      j += 1
    }
    if i < left.count, left[i].isDigit { return 1 }
    if j < right.count, right[j].isDigit { return -1 }
    if firstDifference != 0 { return firstDifference }
  }
  return 0
}

/// `~` before the end (and before digits), letters before everything else.
private func weight(_ byte: UInt8?) -> Int {
  switch byte {
  case UInt8(ascii: "~"): -1
  case nil: 0
  case let byte? where byte.isDigit: 0
  case let byte? where byte.isLetter: Int(byte)
  case let byte?: Int(byte) + 256
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
