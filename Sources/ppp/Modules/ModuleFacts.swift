import Artifacts
import ConfigMerge
import Model
import Modules

/// A module of a source for machines.
struct ModuleFacts: Encodable {
  struct Field: Encodable {
    let name: String
    let summary: String
  }

  struct Option: Encodable {
    let name: String
    let type: String
    let choices: [String]?
    /// As it is written on the command line; left out when there is none.
    let `default`: String?
    let help: String
  }

  struct Requirement: Encodable {
    let requirement: String
    /// Under which options it counts: each has one of the values.
    let when: [String: [String]]?
  }

  let name: String
  let version: String
  let summary: String
  let python: String?
  let platforms: [String]
  let inputs: [Field]
  let outputs: [Field]
  let options: [Option]
  let entryPoint: String?
  let dependencies: [Requirement]
  let devDependencies: [Requirement]
  let needs: [String]
  let source: String
  let revision: String?

  init(_ module: FoundModule) {
    let manifest = module.manifest
    name = manifest.name.description
    version = manifest.version.description
    summary = manifest.summary
    python = manifest.python?.value
    platforms = manifest.platforms.map(\.description)
    inputs = manifest.inputs.map { Field(name: $0.name, summary: $0.summary) }
    outputs = manifest.outputs.map { Field(name: $0.name, summary: $0.summary) }
    options = manifest.options.map(Option.init)
    entryPoint = manifest.entryPoint
    dependencies = manifest.dependencies.map(Requirement.init)
    devDependencies = manifest.devDependencies.map(Requirement.init)
    needs = manifest.needs.map(\.description)
    source = redacting(module.source.description)
    revision = module.revision
  }
}

extension ModuleFacts.Option {
  fileprivate init(_ option: ModuleOption) {
    let choices: [String]? = if case .choice(let choices) = option.kind { choices } else { nil }
    self.init(
      name: option.name, type: option.kind.name, choices: choices, default: option.default?.description,
      help: option.help)
  }
}

extension ModuleFacts.Requirement {
  fileprivate init(_ requirement: ModuleRequirement) {
    let clauses = requirement.condition.clauses.map { ($0.option, $0.values.map(\.description)) }
    self.init(
      requirement: requirement.requirement.value.description,
      when: clauses.isEmpty ? nil : Dictionary(clauses) { $0 + $1 })
  }
}
