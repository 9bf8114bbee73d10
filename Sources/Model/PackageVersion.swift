/// A package's version (PEP 440): `1.0`, `2!1.0rc1.post2.dev3+cu126`.
///
/// Versions that PEP 440 calls equal are equal: `1.0` and `1.0.0`, `1.0-RC.1` and `1.0rc1`.
package struct PackageVersion: Sendable {
  /// A part of the local version; numbers come after words.
  enum LocalPart: Hashable, Comparable, Sendable {
    case word(String)
    case number(Int)
  }

  /// The stages before a final release, in their order.
  enum Stage: Int, Sendable {
    case alpha
    case beta
    case candidate
  }

  let epoch: Int
  /// The numbers between the dots, at least one.
  package let release: [Int]
  let stage: Stage?
  let stageNumber: Int
  let post: Int?
  let dev: Int?
  let localParts: [LocalPart]

  /// Whether installers pass it over unless asked: it has an alpha, beta, candidate or development part.
  package var isPrerelease: Bool { stage != nil || dev != nil }

  /// The part behind `+`, without it: `cu126`.
  package var local: String? {
    guard !localParts.isEmpty else { return nil }
    return localParts.map { part in
      switch part {
      case .word(let word): word
      case .number(let number): String(number)
      }
    }.joined(separator: ".")
  }

  /// The release numbers without trailing zeros, which mean nothing.
  private var significantRelease: ArraySlice<Int> {
    release[..<(release.lastIndex { $0 != 0 } ?? -1).advanced(by: 1)]
  }

  /// The stage as a number that sorts: a bare development release comes before alphas, a final release last.
  private var stageRank: Int { stage?.rawValue ?? (post == nil && dev != nil ? -1 : 3) }

  /// What versions compare by after epoch and release, in this order.
  private var suffixRank: (Int, Int, Int, Int) { (stageRank, stageNumber, post ?? -1, dev ?? .max) }
}

extension PackageVersion: Hashable {
  package static func == (left: PackageVersion, right: PackageVersion) -> Bool {
    left.epoch == right.epoch && left.significantRelease == right.significantRelease
      && left.suffixRank == right.suffixRank && left.localParts == right.localParts
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    hasher.combine(significantRelease)
    hasher.combine(stageRank)
    hasher.combine(stageNumber)
    hasher.combine(post)
    hasher.combine(dev)
    hasher.combine(localParts)
  }
}

extension PackageVersion: Comparable {
  package static func < (left: PackageVersion, right: PackageVersion) -> Bool {
    if left.epoch != right.epoch { return left.epoch < right.epoch }
    if left.significantRelease != right.significantRelease {
      return left.significantRelease.lexicographicallyPrecedes(right.significantRelease)
    }
    if left.suffixRank != right.suffixRank { return left.suffixRank < right.suffixRank }
    return left.localParts.lexicographicallyPrecedes(right.localParts)
  }
}

extension PackageVersion: CustomStringConvertible {
  /// The normal form of PEP 440; trailing zeros are kept as given.
  package var description: String {
    var text = epoch == 0 ? "" : "\(epoch)!"
    text += release.map(String.init).joined(separator: ".")
    switch stage {
    case .alpha: text += "a\(stageNumber)"
    case .beta: text += "b\(stageNumber)"
    case .candidate: text += "rc\(stageNumber)"
    case nil: break
    }
    if let post { text += ".post\(post)" }
    if let dev { text += ".dev\(dev)" }
    if let local { text += "+\(local)" }
    return text
  }
}

extension PackageVersion: TextCodable {}
