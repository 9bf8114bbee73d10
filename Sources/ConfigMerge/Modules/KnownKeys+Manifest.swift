extension KnownKeys {
  /// What a module's manifest can hold, `module.json`.
  static let manifest = Shape.object([
    KnownKey(.schema, .text(.any), "The JSON Schema that an editor checks the file against; ppp ignores it"),
    KnownKey(
      .name, .text(.moduleName), "What the module is called, its directory and its package",
      isRequired: true),
    KnownKey(.version, .text(.version), "Its version (PEP 440)", isRequired: true),
    KnownKey(.summary, .text(.reason), "What it does, in a line", isRequired: true),
    KnownKey(.python, .text(.specifiers), "The Python versions that it runs on, as in >=3.11"),
    KnownKey(
      .platforms, .list(.text(.platform), isEmptyAllowed: false),
      "The platforms that it runs on; all when left out"),
    KnownKey(.inputs, fields, "What it reads, shown first in documentation"),
    KnownKey(.outputs, fields, "What it makes"),
    KnownKey(.options, .list(.object(option)), "What can be chosen when it is added"),
    KnownKey(
      .entryPoint, .text(.entryPoint), "The function that its command runs, as in elasticity.cli:main"),
    KnownKey(.dependencies, requirements, "The requirements that it installs with (PEP 508)"),
    KnownKey(.devDependencies, requirements, "The requirements of its tests and of work on it"),
    KnownKey(
      .needs, .list(.text(.moduleNeed)), "The modules that come with it, each with the versions that will do"),
    KnownKey(
      .files, .list(.object(file)), "What is copied; what isn't listed stays out", isRequired: true),
    KnownKey(.notes, .text(.reason), "What to say once it is added; a template"),
  ])

  private static let fields = Shape.list(
    .object([
      KnownKey(.name, .text(.word), "What it is called, as in sales.csv", isRequired: true),
      KnownKey(.summary, .text(.reason), "What is in it", isRequired: true),
    ]))

  private static let option = [
    KnownKey(
      .name, .text(.optionName), "What templates and --option call it, a Python identifier", isRequired: true),
    KnownKey(.type, .choice(ModuleOption.Kind.names), "What its values are", isRequired: true),
    KnownKey(.choices, .list(.text(.word), isEmptyAllowed: false), "The values of a choice"),
    KnownKey(.default, .scalar, "The value when none is given; without one the user is asked"),
    KnownKey(.help, .text(.reason), "What it decides, in a few words", isRequired: true),
  ]

  private static let requirements = Shape.list(
    .either(
      .text(.requirement),
      .object([
        KnownKey(.requirement, .text(.requirement), "The requirement (PEP 508)", isRequired: true),
        when,
      ])))

  private static let file = [
    KnownKey(
      .from, .text(.modulePath), "The file, the directory or the pattern, relative to the module's directory",
      isRequired: true),
    KnownKey(
      .to, .text(.moduleTarget),
      "Where it goes, relative to the added module's directory; the same place when left out"),
    KnownKey(
      .template, .boolean, "Whether the content is a template; the target always is",
      default: Outline(.boolean(false))),
    when,
  ]

  private static let when = KnownKey(
    .when, .map(.optionName, .either(.scalar, .list(.scalar, isEmptyAllowed: false))),
    "The options that it depends on: each has the value given, or one of those listed")
}

extension KnownKeys {
  /// Every key of a manifest; those of a list's elements dotted: `options.type`.
  static var manifestPaths: [String] {
    guard case .object(let keys) = manifest else { return [] }
    return keys.flatMap { key in
      guard case .list(var element, _) = key.shape else { return [key.name] }
      if case .either(_, let second) = element { element = second }
      return [key.name] + paths(in: element, prefix: key.name + ".")
    }
  }
}
