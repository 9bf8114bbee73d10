package import Model

/// What a run is to get done, as far as the plan knows it.
package struct ProgressGoal: Hashable, Sendable {
  /// A cell is done once its step of this verb has ended, or any of its steps has failed.
  package let verb: Step.Verb
  package let cells: Int
  /// How many files are to be fetched; 0 where that is not known beforehand.
  package var fetches: Int
  /// The bytes of those files.
  package var fetchedBytes: Int64

  package init(cells: Int, by verb: Step.Verb, fetches: Int = 0, fetchedBytes: Int64 = 0) {
    self.cells = cells
    self.verb = verb
    self.fetches = fetches
    self.fetchedBytes = fetchedBytes
  }
}
