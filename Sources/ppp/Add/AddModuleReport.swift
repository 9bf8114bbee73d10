import ConfigMerge
import Model
import Modules
import SystemPackage
import Terminal

/// What adding modules did, or would do, for machines.
struct AddModuleReport: Encodable {
  struct Field: Encodable {
    let name: String
    let summary: String
  }

  struct Module: Encodable {
    let name: String
    let version: String
    let summary: String
    let inputs: [Field]
    let outputs: [Field]
    let options: [String: String]
    let source: String
    let directory: String
    /// The modules that it was added for; empty when it was asked for.
    let neededBy: [String]
    let notes: String?
  }

  struct File: Encodable {
    enum Change: String, Encodable {
      case new
      case same
      /// A file that differed and was written over, or `pyproject.toml` that was added to.
      case changed
      /// It differs and was left as it is.
      case skipped
    }

    let path: String
    let change: Change
    let diff: String?
  }

  let repository: String
  let modules: [Module]
  /// Needed modules that were there and stay as they are.
  let kept: [String]
  let files: [File]
  let isDryRun: Bool

  var hasSkipped: Bool { files.contains { $0.change == .skipped } }

  init(
    _ plan: AddPlan, _ choice: ModuleChoice, overwriting: Set<String>, isDryRun: Bool, showsDiffs: Bool
  ) {
    repository = plan.repository.root.string
    modules = plan.modules.map { Module($0, neededBy: choice.neededBy) }
    kept = choice.kept.map(\.name.description)
    self.isDryRun = isDryRun
    var files = plan.files.map { file in
      let change: File.Change =
        switch file.change {
        case .create: .new
        case .identical: .same
        case .differs: overwriting.contains(file.path) ? .changed : .skipped
        }
      let diff = showsDiffs && file.oldBytes != nil && change != .same
      return File(
        path: file.path, change: change, diff: diff ? file.difference.rendered(for: .file) : nil)
    }
    let project = plan.project
    let change: File.Change = project.oldBytes == nil ? .new : project.isChanged ? .changed : .same
    files.append(
      File(
        path: project.path, change: change,
        diff: showsDiffs && change == .changed ? project.difference.rendered(for: .file) : nil))
    self.files = files
  }
}

extension AddModuleReport.Module {
  fileprivate init(_ planned: PlannedModule, neededBy: [ModuleName: [ModuleName]]) {
    let manifest = planned.module.manifest
    self.init(
      name: manifest.name.description, version: manifest.version.description, summary: manifest.summary,
      inputs: manifest.inputs.map { .init(name: $0.name, summary: $0.summary) },
      outputs: manifest.outputs.map { .init(name: $0.name, summary: $0.summary) },
      options: planned.module.options.mapValues(\.description), source: planned.module.source,
      directory: planned.directory, neededBy: (neededBy[manifest.name] ?? []).map(\.description),
      notes: planned.module.notes)
  }
}
