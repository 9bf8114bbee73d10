import Model

/// What is going on, from the events so far; drawing it changes nothing.
struct ProgressState {
  struct Running {
    let step: Step
    let number: Int
    let start: Duration
    var completed: Int64?
    var total: Int64?
  }

  var goal: ProgressGoal?
  private(set) var fetches = FetchTally()
  private(set) var ended: Set<String> = []
  private(set) var reused: Set<String> = []
  private(set) var failed: Set<String> = []
  private var steps: [Step: Running] = [:]
  private var count = 0

  init(goal: ProgressGoal? = nil) { self.goal = goal }

  /// The steps that run, downloads left out, in the order in which they started.
  var running: [Running] { steps.values.sorted { $0.number < $1.number } }

  /// Takes in an event that happened at this time since the start.
  mutating func apply(_ event: Event, at time: Duration) {
    switch event {
    case .started(let step) where step.verb == .fetch: fetches.start(step)
    case .started(let step):
      count += 1
      steps[step] = Running(step: step, number: count, start: time)
    case .progressed(let step, let completed, let total) where step.verb == .fetch:
      fetches.progress(step, completed: completed, total: total, at: time)
    case .progressed(let step, let completed, let total):
      steps[step]?.completed = completed
      steps[step]?.total = total
    case .finished(let step, let outcome): finish(step, outcome)
    case .diagnosed: break
    }
  }

  private mutating func finish(_ step: Step, _ outcome: Outcome) {
    steps[step] = nil
    switch outcome {
    case .failed:
      fetches.end(step, isDone: false)
      // Work that is not one cell's (a download, a layer) can fail without ending a cell.
      if (try? CellID(parsing: step.subject)) != nil {
        failed.insert(step.subject)
        ended.insert(step.subject)
      }
    case .done:
      fetches.end(step, isDone: true)
      if step.verb == goal?.verb { ended.insert(step.subject) }
    case .reused:
      fetches.end(step, isDone: true)
      if step.verb == goal?.verb {
        ended.insert(step.subject)
        reused.insert(step.subject)
      }
    }
  }
}
