package import Model

/// Which cells a command is about; the same for plan, lock, build and verify.
///
/// A cell is selected when it matches one of the patterns (all do when there are none), its platform and
/// runenv are among those given (all are when none is), its module too, and nothing excludes it.
package struct Selection: Hashable, Sendable {
  package var patterns: [CellPattern]
  package var excluded: [CellPattern]
  package var platforms: [Platform]
  /// Patterns of runenv ids.
  package var runenvs: [CellPattern]
  /// Modules by name; then only their cells are meant.
  package var modules: [String]
  /// Leaves out cells whose plan says that nothing is to be done; see `Plan.selecting`.
  package var onlyChanged: Bool

  /// Reads the command line's words; a pattern that starts with `!` excludes.
  ///
  /// - Throws: `ParseError` for a malformed pattern or an unknown platform.
  package init(
    patterns: [String] = [], exclude: [String] = [], platforms: [String] = [], runenvs: [String] = [],
    modules: [String] = [], onlyChanged: Bool = false
  ) throws(ParseError) {
    var included: [CellPattern] = []
    var excluded: [CellPattern] = []
    for text in patterns {
      let pattern = try CellPattern(parsing: text)
      if pattern.isNegated { excluded.append(pattern) } else { included.append(pattern) }
    }
    for text in exclude { excluded.append(try CellPattern(parsing: text)) }
    self.patterns = included
    self.excluded = excluded
    var parsedPlatforms: [Platform] = []
    for text in platforms { parsedPlatforms.append(try Platform(parsing: text)) }
    self.platforms = parsedPlatforms
    var parsedRunenvs: [CellPattern] = []
    for text in runenvs { parsedRunenvs.append(try CellPattern(parsing: text)) }
    self.runenvs = parsedRunenvs
    self.modules = modules
    self.onlyChanged = onlyChanged
  }

  package func contains(_ cell: CellID) -> Bool {
    (patterns.isEmpty || patterns.contains { $0.matches(cell) })
      && (platforms.isEmpty || platforms.contains(cell.platform))
      && (runenvs.isEmpty || runenvs.contains { isOf($0, cell) })
      && (modules.isEmpty || cell.module.map(names) ?? false)
      && !excluded.contains { $0.matches(cell) }
  }

  /// Together with `--module`, `--runenv` may name the runenv that the module is put into.
  private func isOf(_ runenv: CellPattern, _ cell: CellID) -> Bool {
    runenv.matches(cell) || (!modules.isEmpty && runenv.matches(cell.baseCell))
  }

  /// Whether `--module` names the module; `-` and `_` are the same.
  package func names(_ module: ModuleName) -> Bool { names(module.description) }

  private func names(_ module: String) -> Bool {
    modules.contains { $0.replacing("_", with: "-") == module.replacing("_", with: "-") }
  }

  /// The selected cells, in the order given.
  ///
  /// - Throws: `BuilderError.nothingSelected` when none is; its hint has what was probably meant.
  package func select(from cells: [CellID]) throws(BuilderError) -> [CellID] {
    let selected = cells.filter(contains)
    guard selected.isEmpty else { return selected }
    throw .nothingSelected(description, suggestion: suggestion(from: cells))
  }

  /// The nearest cell or runenv to the first pattern that matches nothing at all.
  private func suggestion(from cells: [CellID]) -> String? {
    let known = Set(cells.compactMap(\.module)).sorted()
    for module in modules where !known.contains(module) {
      if let name = nearest(to: module, in: known) { return name }
    }
    for pattern in patterns + runenvs where !cells.contains(where: pattern.matches) {
      let names =
        pattern.text.contains("@") ? cells.map(\.description) : Array(Set(cells.map(\.runenv))).sorted()
      if let name = nearest(to: pattern.text, in: names) { return name }
    }
    return nil
  }
}

extension Selection: CustomStringConvertible {
  /// The selection as options would write it: `python-3.13* --platform linux-x64 --exclude '*-slim'`.
  package var description: String {
    let words =
      patterns.map { "'\($0.text)'" } + runenvs.map { "--runenv '\($0.text)'" }
      + modules.map { "--module \($0)" }
      + platforms.map { "--platform \($0)" }
      + excluded.map { $0.isNegated ? "'\($0.text)'" : "--exclude '\($0.text)'" }
      + (onlyChanged ? ["--only-changed"] : [])
    return words.isEmpty ? "every cell" : words.joined(separator: " ")
  }
}
