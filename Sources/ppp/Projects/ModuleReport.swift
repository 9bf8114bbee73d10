import Model
import Projects
import Terminal

/// What testing or deploying came to, for people and for machines.
struct ModuleReport: Encodable {
  struct Module: Encodable {
    let module: String
    /// `passed` or `deployed`, `failed`, `killed`, `noTests`, `noScript`, `notRun`.
    let result: String
    let exitCode: Int32?
    let passed: Int?
    let failed: Int?
    let skipped: Int?
    let problem: String?
    let seconds: Double
  }

  let schemaVersion = 1
  let modules: [Module]
  let seconds: Double

  /// The report of these outcomes, where `success` is the word for a module that all went well with.
  init(_ outcomes: [ModuleOutcome], success: String, duration: Duration) {
    modules = outcomes.map { Module($0, success: success) }
    seconds = duration.inSeconds
  }
}

extension ModuleReport.Module {
  init(_ outcome: ModuleOutcome, success: String) {
    let (result, exitCode, problem): (String, Int32?, String?) =
      switch outcome.ending {
      case .succeeded: (success, 0, nil)
      case .failed(let status): ("failed", status, nil)
      case .signalled: ("killed", nil, nil)
      case .noTests: ("noTests", nil, nil)
      case .noScript: ("noScript", nil, nil)
      case .unprepared(let problem): ("notRun", nil, problem.message)
      }
    self.init(
      module: outcome.folder, result: result, exitCode: exitCode, passed: outcome.counts?.passed,
      failed: outcome.counts?.failed, skipped: outcome.counts?.skipped, problem: problem,
      seconds: outcome.duration.inSeconds)
  }
}

extension Table {
  /// One row a module with how many tests there were.
  static func tests(_ outcomes: [ModuleOutcome]) -> Table {
    var table = Table(
      .init("module"), .init("result"), .init("passed", .right), .init("failed", .right),
      .init("skipped", .right), .init("time", .right))
    for outcome in outcomes {
      let counts = outcome.counts.map { [$0.passed, $0.failed, $0.skipped].map(String.init) }
      table.append(
        [outcome.folder, outcome.word(success: "passed")] + (counts ?? ["", "", ""]) + [outcome.time])
    }
    return table
  }

  static func deployments(_ outcomes: [ModuleOutcome]) -> Table {
    var table = Table(.init("module"), .init("result"), .init("time", .right))
    for outcome in outcomes {
      table.append([outcome.folder, outcome.word(success: "deployed"), outcome.time])
    }
    return table
  }
}

extension ModuleOutcome {
  /// Empty for what took none.
  fileprivate var time: String { duration == .zero ? "" : ElapsedTime(duration).description }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds / 1_000_000_000_000_000) / 1_000
  }
}
