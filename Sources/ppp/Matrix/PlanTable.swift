import Builder
import ConfigMerge
import Model
import Terminal

/// A plan for people: one row a cell, then what is left out.
struct PlanTable {
  let text: String

  init(_ plan: Plan, colored: Bool) {
    var table = Table(.init("cell"), .init("do"), .init("fetch", .right), .init("why"))
    for cell in plan.cells {
      let fetch = cell.missingBytes > 0 ? ByteCount(cell.missingBytes).description : ""
      let actions = cell.actions.isEmpty ? "nothing" : cell.actions.joined(separator: ", ")
      table.append([cell.cell.description, actions, fetch, cell.shortReason])
    }
    var excluded = Table(.init("not made"), .init("reason"))
    for cell in plan.excluded {
      let place = cell.position.map { " (\($0))" } ?? ""
      excluded.append([cell.cell.description, cell.reason + place])
    }
    let omissions = plan.cells.flatMap { cell in cell.omissions.map { (cell.cell, $0) } }
    var left = Table(.init("left out of"), .init("package"), .init("rule"), .init("reason"))
    for (cell, omission) in omissions {
      let rule = omission.position.map { "\(omission.rule) \($0)" } ?? omission.rule
      left.append([cell.description, omission.name.description, rule, omission.reason])
    }
    text = ([table] + [excluded, Self.builds(plan), left].filter { !$0.isEmpty }).map {
      $0.rendered(colored: colored)
    }
    .joined(separator: "\n")
  }
}

extension PlanTable {
  /// What is built from source and how, each way once with the cells that it is for.
  private static func builds(_ plan: Plan) -> Table {
    var cells: [PlannedBuild: [CellID]] = [:]
    for cell in plan.cells { for build in cell.builds { cells[build, default: []].append(cell.cell) } }
    let sorted = cells.sorted { left, right in
      left.key.package == right.key.package
        ? left.value[0] < right.value[0] : left.key.package < right.key.package
    }
    var table = Table(.init("built from source"), .init("version"), .init("how"), .init("for"))
    for (build, cells) in sorted {
      let ways = [build.recipe?.reference, build.rule.map { "buildWheel \($0)" }].compactMap(\.self)
      let others = cells.count > 1 ? " and \(cells.count - 1) more" : ""
      table.append([
        build.package.description, build.version ?? "",
        ways.isEmpty ? "as its source says" : ways.joined(separator: ", under "),
        "\(cells[0])\(others)",
      ])
    }
    return table
  }
}

extension CellPlan {
  /// The reason with its digests cut to what tells them apart, and no longer than a line.
  fileprivate var shortReason: String {
    reason.replacing(#/(sha256:[0-9a-f]{8})[0-9a-f]{56}/#) { "\($0.output.1)" }.truncated(toWidth: 120)
  }
}
