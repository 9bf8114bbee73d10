import ConfigMerge
import Model
import Modules
import Terminal

/// The values of modules' options: from the command line, else by default, else from whoever is at the terminal.
struct OptionAnswers {
  private let assignments: [OptionAssignment]
  private let prompt: Prompt?

  /// - Throws: `ParseError` for what is no assignment, and `ModuleCommandError.repeatedOption`.
  init(_ texts: [String], prompt: Prompt?) throws {
    assignments = try texts.map { try OptionAssignment(parsing: $0) }
    self.prompt = prompt
    var names: Set<String> = []
    for assignment in assignments where !names.insert(assignment.name).inserted {
      throw ModuleCommandError.repeatedOption(assignment.name)
    }
  }

  /// The values for each of the modules.
  ///
  /// Everything on the command line is checked before anything is asked. What a module was added with before counts
  /// as its default where it is still a value that the option can have.
  func values(
    for modules: [ModuleManifest], added: [ModuleName: AddedModule] = [:]
  ) async throws -> [ModuleName: [String: OptionValue]] {
    for assignment in assignments { try check(assignment, against: modules) }
    var values: [ModuleName: [String: OptionValue]] = [:]
    for module in modules {
      for option in module.options {
        if let text = text(for: option, of: module.name) {
          values[module.name, default: [:]][option.name] = try option.value(parsing: text)
        } else if let before = added[module.name]?.options[option.name] {
          // A value that a newer version no longer knows is chosen anew.
          values[module.name, default: [:]][option.name] = try? option.value(parsing: before.description)
        }
      }
    }
    for module in modules {
      for option in module.options where values[module.name]?[option.name] == nil {
        values[module.name, default: [:]][option.name] = try await missingValue(
          of: option, module: module.name)
      }
    }
    return values
  }

  /// The command line's text for an option; one for the module alone counts before one for all.
  private func text(for option: ModuleOption, of module: ModuleName) -> String? {
    let candidates = assignments.filter { $0.key == option.name }
    return (candidates.first { $0.module == module.description } ?? candidates.first { $0.module == nil })?
      .value
  }

  private func check(_ assignment: OptionAssignment, against modules: [ModuleManifest]) throws {
    let names = modules.map(\.name.description)
    let meant =
      assignment.module == nil ? modules : modules.filter { $0.name.description == assignment.module }
    if let name = assignment.module, meant.isEmpty {
      throw ModuleCommandError.optionOfOther(
        name, option: assignment.key, nearest: nearest(to: name, in: names).map { "\($0).\(assignment.key)" })
    }
    let known = meant.flatMap(\.options).map(\.name)
    guard !known.contains(assignment.key) else { return }
    throw ModuleCommandError.unknownOption(
      assignment.key, of: meant.map(\.name), nearest: nearest(to: assignment.key, in: known),
      known: Array(Set(known)).sorted())
  }

  private func missingValue(of option: ModuleOption, module: ModuleName) async throws -> OptionValue {
    if let value = option.default { return value }
    guard let value = try await prompt?.value(of: option, module: module) else {
      throw ModuleCommandError.missingOption(option, of: module)
    }
    return value
  }
}

extension Prompt {
  /// Asks for an option's value, nil when the input ends.
  ///
  /// A choice is answered by its word or its number.
  fileprivate func value(of option: ModuleOption, module: ModuleName) async throws -> OptionValue? {
    let (choices, form): ([String], String) =
      switch option.kind {
      case .choice(let choices): (choices, "1-\(choices.count) or a word")
      case .boolean: ([], "true or false")
      case .text: ([], "text")
      case .integer: ([], "whole number")
      case .number: ([], "number")
      }
    say("\(module) has the option '\(option.name)': \(option.help)\n")
    for (number, choice) in choices.enumerated() { say("  \(number + 1)  \(choice)\n") }
    return try await answer(to: "\(option.name) (\(form)): ") { text in
      if let number = Int(text), choices.indices.contains(number - 1), !choices.contains(text) {
        return .text(choices[number - 1])
      }
      return try option.value(parsing: text)
    }
  }
}
