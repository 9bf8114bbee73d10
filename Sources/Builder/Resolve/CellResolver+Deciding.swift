import ConfigMerge
import Model

extension CellResolver {
  /// Decides about packages that can't be had as wheels: from source where that is allowed, else left out.
  ///
  /// - Throws: `ResolveError.missing` where `strictMissing` forbids to leave them out.
  func apply(_ missing: [Missing], to choice: inout Choice) throws(ResolveError) {
    var refused: [PackageFacts] = []
    let strict = recipe.resolution.strictMissing
    for item in missing {
      let name = item.facts.name
      if item.rule == .noWheel, item.facts.hasSource, allowsSource(name), choice.sources.insert(name).inserted
      {
        continue
      }
      choice.sources.remove(name)
      choice.omitted[name] = LockedOmission(name: name, rule: item.rule, reason: item.reason)
      refused.append(item.facts)
    }
    if strict.value, !refused.isEmpty { throw .missing(recipe.cell, refused, strict.position) }
  }

  /// Whether a package may be built from source when it has no wheel.
  private func allowsSource(_ name: PackageName) -> Bool {
    let resolution = recipe.resolution
    if resolution.onlyBinaryList.contains(where: { $0.value == name }) { return false }
    return resolution.allowSourceAll.value || resolution.allowSourceList.contains { $0.value == name }
  }

  /// The error that says what the indexes have of the requirements that may be to blame.
  func unresolvable(_ choice: Choice, _ explanation: String) async -> ResolveError {
    var blamed: [PackageFacts] = []
    for located in recipe.dependencies {
      let requirement = located.value
      guard requirement.url == nil, choice.omitted[requirement.name] == nil else { continue }
      // The explanation is worth more than an index that can't be asked while explaining.
      guard
        let facts = try? await facts.facts(
          on: requirement.name, specifiers: requirement.specifiers, at: located.position)
      else { continue }
      if !facts.exists || facts.lacksWheel { blamed.append(facts) }
    }
    if blamed.isEmpty { blamed = await namedFacts(in: explanation) }
    return .unresolvable(recipe.cell, facts: blamed, explanation: explanation)
  }

  /// What there is of the configured packages that uv names.
  private func namedFacts(in explanation: String) async -> [PackageFacts] {
    let named = Set(Self.packageNames(in: explanation))
    var result: [PackageFacts] = []
    for located in recipe.dependencies where named.contains(located.value.name) && located.value.url == nil {
      // As above.
      if let facts = try? await facts.facts(
        on: located.value.name, specifiers: located.value.specifiers, at: located.position)
      {
        result.append(facts)
      }
    }
    return result
  }
}
