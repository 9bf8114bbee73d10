import Model

/// A format that a recipe can be shown in.
package enum RecipeFormat: String, Sendable, CaseIterable {
  case json
  case yaml
}

extension Recipe {
  /// The recipe for people and programs, ending in a line break.
  ///
  /// With origins each value has the place that it comes from: in YAML as a comment, in JSON as
  /// `{"value": …, "origin": "file:line:column" | "default"}`. JSON's keys are sorted.
  package func rendered(as format: RecipeFormat, origins: Bool = false) -> String {
    outline.rendered(as: format, origins: origins)
  }

  /// The values that decide about the cell's content, without positions and reasons, as one line of JSON.
  ///
  /// Its keys are sorted: equal recipes have equal texts on every machine.
  package var canonicalJSON: String { canonicalOutline.json(isPretty: false, origins: false) }

  /// The parts of `canonicalJSON` by dotted key, as in `packages.dependencies`, sorted by key: what to compare to
  /// find out which key changed.
  package var canonicalFields: [(key: String, json: String)] {
    canonicalOutline.entries.flatMap { key, value in
      let parts = value.entries
      guard !parts.isEmpty else { return [(key: key, json: value.json(isPretty: false, origins: false))] }
      return parts.map { (key: "\(key).\($0.key)", json: $0.value.json(isPretty: false, origins: false)) }
    }.sorted { $0.key < $1.key }
  }
}

extension Sequence<Recipe> {
  /// All the recipes, by cell, as `Recipe.rendered` shows one.
  package func rendered(as format: RecipeFormat, origins: Bool = false) -> String {
    Outline(.map(map { (key: $0.cell.description, value: $0.outline) })).rendered(
      as: format, origins: origins)
  }
}

extension Outline {
  fileprivate func rendered(as format: RecipeFormat, origins: Bool) -> String {
    switch format {
    case .json: json(isPretty: true, origins: origins) + "\n"
    case .yaml: yaml(origins: origins)
    }
  }
}
