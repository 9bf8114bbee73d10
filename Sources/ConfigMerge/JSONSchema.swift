import Model

/// The JSON Schema (Draft 2020-12) of configuration files, made of the table that checks them.
///
/// Editors use it to complete and to mark; what only ppp can see, as in a requirement's grammar, it leaves to ppp.
package func jsonSchema() -> String {
  jsonSchema(
    of: KnownKeys.root, title: "ppp configuration",
    description: "shared-config.json and runenvs/<id>/config.json")
}

/// The JSON Schema of a module's configuration, made in the same way.
package func moduleConfigurationJSONSchema() -> String {
  jsonSchema(
    of: KnownKeys.module, title: "ppp module configuration", description: "modules/<name>/config.json")
}

/// The JSON Schema of a module source's `module.json`, made in the same way.
package func moduleJSONSchema() -> String {
  jsonSchema(of: KnownKeys.manifest, title: "ppp module", description: "module.json of a module source")
}

/// The JSON Schema of a recipe, `recipes/<package>/recipe.json`, made in the same way.
package func buildRecipeJSONSchema() -> String {
  jsonSchema(
    of: KnownKeys.buildRecipe, title: "ppp recipe",
    description: "recipes/<package>/recipe.json: how a package is built from source")
}

private func jsonSchema(of shape: Shape, title: String, description: String) -> String {
  let head: [(key: String, value: Outline)] = [
    (key: "$schema", value: .text("https://json-schema.org/draft/2020-12/schema")),
    (key: "title", value: .text(title)),
    (key: "description", value: .text(description)),
  ]
  return Outline(.map(head + shape.schema.entries)).json(isPretty: true, origins: false) + "\n"
}

extension Shape {
  /// The schema that accepts what the check accepts, and no more than a pattern can refuse.
  fileprivate var schema: Outline {
    switch self {
    case .boolean: .type("boolean")
    case .integer(let range):
      .map([
        "type": .text("integer"), "minimum": Outline(.integer(range.lowerBound)),
        "maximum": Outline(.integer(range.upperBound)),
      ])
    case .text(let form): form.schema
    case .scalar: .map(["type": .list([.text("string"), .text("number"), .text("boolean")])])
    case .choice(let words): .map(["enum": .list(words.map { .text($0) })])
    case .list(let element, let isEmptyAllowed):
      .map([
        "type": .text("array"), "items": element.schema,
        "minItems": isEmptyAllowed ? nil : Outline(.integer(1)),
      ])
    case .object(let keys): Self.schema(of: keys)
    case .map(let form, let value):
      .map([
        "type": .text("object"), "propertyNames": form.schema, "additionalProperties": value.schema,
      ])
    case .either(let first, let second): .map(["anyOf": .list([first.schema, second.schema])])
    case .nullable(let inner): .map(["anyOf": .list([inner.schema, .type("null")])])
    }
  }

  private static func schema(of keys: [KnownKey]) -> Outline {
    let required = keys.filter(\.isRequired).map { Outline.text($0.name) }
    return .map([
      "type": .text("object"),
      "properties": Outline(.map(keys.map { (key: $0.name, value: $0.schema) })),
      "required": required.isEmpty ? nil : .list(required),
      "additionalProperties": Outline(.boolean(false)),
    ])
  }
}

extension KnownKey {
  fileprivate var schema: Outline {
    let note = isSharedOnly ? " (shared configuration only)" : ""
    var annotations: [(key: String, value: Outline)] = [(key: "description", value: .text(summary + note))]
    if let defaultValue { annotations.append((key: "default", value: defaultValue)) }
    return Outline(.map(shape.schema.entries + annotations))
  }
}

extension TextForm {
  /// The names that it is one of, where they are known.
  fileprivate var names: [String] {
    switch self {
    case .platform: Platform.all.map(\.description)
    case .platformOrAll: ["*"] + Platform.all.map(\.description)
    default: []
    }
  }

  fileprivate var schema: Outline {
    if !names.isEmpty { return .map(["enum": .list(names.map { .text($0) })]) }
    return .map(["type": .text("string"), "pattern": pattern.map { .text($0) }])
  }

  /// An ECMA-262 regular expression that every valid text matches.
  private var pattern: String? {
    switch self {
    case .url: "^(https?|file)://"
    case .packageName: "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"
    case .packageNameOrAll: "^(\\*|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)$"
    case .word, .reason, .pattern, .source, .sourcePlace, .destination, .requirement, .version, .specifiers,
      .moduleSource, .moduleTarget, .modulePath, .licence, .licencePattern:
      "\\S"
    case .moduleName: "^[a-z][a-z0-9]*([-_][a-z0-9]+)*$"
    case .moduleNeed: "^[a-z][a-z0-9]*([-_][a-z0-9]+)*"
    case .optionName: "^[A-Za-z_][A-Za-z0-9_]*$"
    case .entryPoint: "^[^:]+:[^:]+$"
    case .setting: "^[^=]+="
    case .variable: "^[A-Za-z_][A-Za-z0-9_]*$"
    case .systemRequirement: "^[A-Za-z0-9_+.-][A-Za-z0-9_+./-]*$"
    case .floor: "^[0-9]+\\.[0-9]+$"
    case .digest: "^(sha256:)?[0-9a-fA-F]{64}$"
    case .date: "^[0-9]{8}$"
    case .day: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    case .any, .override, .platform, .platformOrAll: nil
    }
  }
}

extension Outline {
  fileprivate static func type(_ name: String) -> Outline { .map(["type": .text(name)]) }
}
