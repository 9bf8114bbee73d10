package import ConfigMerge
import Model

extension ModuleManifest {
  /// The options that have no default and are not among these: what has to be asked for.
  package func missingOptions(given: [String: OptionValue]) -> [ModuleOption] {
    options.filter { $0.default == nil && given[$0.name] == nil }
  }

  /// One value for each option: the one given, or its default.
  ///
  /// - Throws: `RenderingError` for a name that is no option, a value that is none of the option's, and options that are
  ///   missing.
  package func completing(
    _ given: [String: OptionValue]
  ) throws(RenderingError) -> [String: OptionValue] {
    let known = options.map(\.name)
    if let unknown = given.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownOption(unknown, of: name, known: known)
    }
    let missing = missingOptions(given: given)
    guard missing.isEmpty else { throw .missingOptions(missing, of: name) }
    var values: [String: OptionValue] = [:]
    for option in options {
      guard let value = given[option.name] ?? option.default else { continue }
      guard option.kind.allows(value) else { throw .wrongValue(value, option, of: name) }
      values[option.name] = value
    }
    return values
  }

  /// What `requires-python` says of a module that says nothing: the oldest Python that ppp knows modules to run on.
  static let standardPython = ">=3.11"

  /// Version specifiers (PEP 440).
  package var requiredPython: String { python?.value ?? Self.standardPython }

  /// The lowest Python that will do, as in `3.11`.
  var lowestPython: String { PythonRange(requiredPython).lowest ?? "3.11" }
}

extension ModuleOption.Kind {
  fileprivate func allows(_ value: OptionValue) -> Bool {
    switch (self, value) {
    case (.text, .text), (.integer, .integer), (.number, .number), (.boolean, .boolean): true
    case (.choice(let words), .text(let word)): words.contains(word)
    default: false
    }
  }
}
