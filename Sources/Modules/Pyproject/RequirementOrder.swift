import Model

/// Where a requirement belongs in a list: in its place when the list is sorted, as uv does it, else at the end.
struct RequirementOrder {
  private let requirements: [String]

  init(_ requirements: [String]) { self.requirements = requirements }

  /// The number of the requirement that it comes before; how many there are for the end.
  func place(for requirement: String) -> Int {
    for key in [Self.literal, Self.naive] {
      let keys = requirements.map(key)
      guard zip(keys, keys.dropFirst()).allSatisfy({ !$1.lexicographicallyPrecedes($0) }) else { continue }
      return keys.firstIndex { key(requirement).lexicographicallyPrecedes($0) } ?? keys.count
    }
    return requirements.count
  }

  /// By all that is written.
  private static func literal(_ text: String) -> [String] { [text.lowercased()] }

  /// By the name first.
  private static func naive(_ text: String) -> [String] {
    let name = text.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    return [name.lowercased(), text.dropFirst(name.count).lowercased()]
  }
}

extension PackageName {
  /// The name that a requirement starts with, whatever follows it.
  init?(ofRequirement text: String) {
    let name = text.drop { $0.isWhitespace }.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    do throws(ParseError) { try self.init(parsing: String(name)) } catch { return nil }
  }
}
