import ConfigMerge
import Model
import Modules
import Terminal

/// What adding modules did, for people: what each takes and gives, what was written, and what the modules have to say.
struct AddModuleText {
  let report: AddModuleReport
  let plan: AddPlan
  let choice: ModuleChoice
  let showsDiffs: Bool

  init(_ report: AddModuleReport, _ plan: AddPlan, _ choice: ModuleChoice, showsDiffs: Bool) {
    self.report = report
    self.plan = plan
    self.choice = choice
    self.showsDiffs = showsDiffs
  }

  func tell(in context: CommandContext) {
    var parts = plan.modules.map { facts(of: $0, for: context) }
    if let kept { parts.append(kept) }
    if showsDiffs, let diffs = diffs(for: context) { parts.append(diffs) }
    if !plan.isNothing { parts.append(files) }
    if !report.isDryRun { parts += plan.modules.compactMap(\.module.notes).map { $0.printable + "\n" } }
    context.print(parts.joined(separator: "\n"))
    for line in closing { context.tell(line) }
  }

  private func facts(of planned: PlannedModule, for context: CommandContext) -> String {
    let module = planned.module
    let text = ModuleText(module.manifest)
    var sheet = FactSheet()
    text.appendFields(to: &sheet)
    for option in module.manifest.options {
      if let value = module.options[option.name] { sheet.append("option", "\(option.name)=\(value)") }
    }
    if let askers = choice.neededBy[module.manifest.name] {
      sheet.append("needed", "by \(askers.map(\.description).joined(separator: ", "))")
    }
    let facts = sheet.rendered(width: context.width, colored: context.screen.isColored)
    return text.head(for: context) + (facts.isEmpty ? "" : "\n" + facts)
  }

  private var kept: String? {
    guard !choice.kept.isEmpty else { return nil }
    return choice.kept.map { "needed and there already: \($0.name) \($0.version)\n" }.joined()
  }

  private func diffs(for context: CommandContext) -> String? {
    let destination: UnifiedDiff.Destination =
      context.screen.isTerminal ? .terminal(colored: context.screen.isColored) : .file
    let project = plan.project.oldBytes == nil ? [] : [plan.project.difference]
    let diffs = (plan.differing.map(\.difference) + project).filter { !$0.isEmpty }
    return diffs.isEmpty ? nil : diffs.map { $0.rendered(for: destination) }.joined()
  }

  /// Every file with what becomes of it, but for those that stay as they are.
  private var files: String {
    let shown = report.files.filter { $0.change != .same }
    return shown.map { "\($0.change.word.padded(to: 8)) \($0.path.printable)\n" }.joined()
  }

  /// What standard error gets at the end.
  private var closing: [String] {
    let skipped = report.files.count { $0.change == .skipped }
    var lines: [String] = []
    if skipped > 0 {
      lines.append(
        "\(skipped) \(skipped == 1 ? "file differs and is" : "files differ and are") left: "
          + "see how with --diff, write over with --overwrite")
    }
    if report.isDryRun {
      lines.append("nothing was written: this is a dry run")
    } else if plan.isNothing {
      lines.append("nothing to do: all of it is there already")
    } else if report.files.contains(where: { $0.change == .new || $0.change == .changed }) {
      lines.append("next: uv sync, then uv run pytest modules")
    }
    return lines
  }
}

extension AddModuleReport.File.Change {
  fileprivate var word: String {
    switch self {
    case .new: "new"
    case .same: "same"
    case .changed: "changed"
    case .skipped: "differs"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - displayWidth, 0))
  }
}
