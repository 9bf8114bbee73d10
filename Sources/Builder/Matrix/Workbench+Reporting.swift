import Model

extension Workbench {
  /// Does a step's work and reports its start and its end, however it ends; `summary` says what came of it.
  func reporting<Value>(
    _ step: Step, _ summary: (Value) -> String?, _ work: () async throws -> Value
  ) async throws -> Value {
    events(.started(step))
    do {
      let value = try await work()
      events(.finished(step, .done(summary(value))))
      return value
    } catch {
      events(.finished(step, .failed(Diagnostic(error))))
      throw error
    }
  }
}
