import Artifacts
import ConfigMerge
import Model
import Terminal

/// A module for people: first what it takes and gives.
struct ModuleText {
  private let manifest: ModuleManifest

  init(_ manifest: ModuleManifest) { self.manifest = manifest }

  /// Name and version, and the summary below.
  func head(for context: CommandContext) -> String {
    let title = "\(manifest.name) \(manifest.version)"
    let summary = manifest.summary.printable.wrapped(toWidth: context.width).joined(separator: "\n")
    return Style.bold.apply(to: title, colored: context.screen.isColored) + "\n\(summary)\n"
  }

  /// Adds what it takes and gives.
  func appendFields(to sheet: inout FactSheet) {
    for input in manifest.inputs { sheet.append("takes", input.name, input.summary) }
    for output in manifest.outputs { sheet.append("gives", output.name, output.summary) }
  }

  /// Everything that helps to decide whether to add it, and how to.
  func whole(source: String, for context: CommandContext) -> String {
    var sheet = FactSheet()
    appendFields(to: &sheet)
    for option in manifest.options {
      let ending = option.default.map { "; \($0) unless you say otherwise" } ?? "; to be given"
      sheet.append("options", option.form, option.help + ending)
    }
    if !manifest.needs.isEmpty {
      sheet.append("needs", manifest.needs.map(\.description).joined(separator: ", "))
    }
    let requirements = manifest.dependencies.map(\.text)
    if !requirements.isEmpty { sheet.append("uses", requirements.joined(separator: ", ")) }
    if let python = manifest.python { sheet.append("python", python.value) }
    if manifest.platforms.count < Platform.all.count {
      sheet.append("platforms", manifest.platforms.map(\.description).joined(separator: ", "))
    }
    sheet.append("source", redacting(source))
    let facts = sheet.rendered(width: context.width, colored: context.screen.isColored)
    return "\(head(for: context))\n\(facts)\nadd it: \(command)\n"
  }

  /// A command that adds it, with every option that has to be given.
  private var command: String {
    let options = manifest.options.filter { $0.default == nil }.map { " --option \($0.name)=\($0.example)" }
    return "ppp add module \(manifest.name)\(options.joined())"
  }
}

extension ModuleOption {
  /// What can be written for it: `type=linear|loglog`.
  var form: String {
    switch kind {
    case .choice(let choices): "\(name)=\(choices.joined(separator: "|"))"
    case .boolean: "\(name)=true|false"
    case .text, .integer, .number: "\(name)=\(example)"
    }
  }

  /// A value, or what stands for one.
  var example: String {
    switch kind {
    case .choice(let choices): choices.first ?? "VALUE"
    case .boolean: "true"
    case .text: "TEXT"
    case .integer, .number: "NUMBER"
    }
  }
}

extension ModuleRequirement {
  fileprivate var text: String {
    let conditions = condition.clauses.map { clause in
      "\(clause.option)=\(clause.values.map(\.description).joined(separator: "|"))"
    }
    let text = requirement.value.description
    return conditions.isEmpty ? text : "\(text) (\(conditions.joined(separator: ", ")))"
  }
}
