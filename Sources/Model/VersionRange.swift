/// The versions that specifiers allow (PEP 440): `>=1.0,!=1.3.*`.
package struct VersionRange: Hashable, Sendable {
  private struct Clause: Hashable, Sendable {
    let mark: Substring
    let text: String
    let version: PackageVersion?
    let isPrefix: Bool
  }

  private let clauses: [Clause]
  private let namesPrerelease: Bool

  /// Reads well-formed specifiers; a clause that isn't allows nothing.
  package init(_ specifiers: String) {
    clauses = specifiers.split(separator: ",").map { part in
      let part = part.drop { $0 == " " }
      let mark = part.prefix { "=!<>~".contains($0) }
      let text = part.dropFirst(mark.count).drop { $0 == " " }
      let isPrefix = text.hasSuffix(".*")
      return Clause(
        mark: mark, text: String(text),
        version: PackageVersion(isPrefix ? String(text.dropLast(2)) : String(text)),
        isPrefix: isPrefix)
    }
    namesPrerelease = clauses.contains { $0.version?.isPrerelease ?? false }
  }

  /// Whether a version is allowed; pre-releases only are where a clause names one.
  package func contains(_ version: PackageVersion) -> Bool {
    if version.isPrerelease, !namesPrerelease { return false }
    return containsIncludingPrereleases(version)
  }

  /// As `contains`, with pre-releases like all others: for the version of an interpreter.
  package func containsIncludingPrereleases(_ version: PackageVersion) -> Bool {
    clauses.allSatisfy { Self.matches(version, $0) }
  }

  private static func matches(_ candidate: PackageVersion, _ clause: Clause) -> Bool {
    if clause.mark == "===" { return candidate.description == clause.text }
    guard let wanted = clause.version else { return false }
    // A specifier without a local part doesn't look at the candidate's.
    let version = wanted.local == nil ? candidate.withoutLocal : candidate
    switch clause.mark {
    case "==": return clause.isPrefix ? version.starts(with: wanted) : version == wanted
    case "!=": return !(clause.isPrefix ? version.starts(with: wanted) : version == wanted)
    case ">=": return version >= wanted
    case "<=": return version <= wanted
    case ">": return version > wanted
    case "<": return version < wanted
    case "~=": return version >= wanted && version.starts(with: wanted, count: wanted.release.count - 1)
    default: return false
    }
  }
}

extension PackageVersion {
  /// The version a text is, if it is one.
  package init?(_ text: String) {
    do throws(ParseError) { try self.init(parsing: text) } catch { return nil }
  }

  /// The version without what stands behind `+`.
  package var withoutLocal: PackageVersion {
    guard local != nil else { return self }
    return PackageVersion(String(description.prefix { $0 != "+" })) ?? self
  }

  /// Whether the first release numbers, as many as `count` or all of the prefix's, are the same; missing ones are 0.
  package func starts(with prefix: PackageVersion, count: Int? = nil) -> Bool {
    (0..<(count ?? prefix.release.count)).allSatisfy { index in
      (release.indices.contains(index) ? release[index] : 0)
        == (prefix.release.indices.contains(index) ? prefix.release[index] : 0)
    }
  }
}
