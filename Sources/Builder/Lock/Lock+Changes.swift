import ConfigMerge

extension Lock {
  /// What of a cell's configuration is not what the lock was made from, nor as the lock of its runenv (`base`, for a
  /// module's cell) has it; the lock is current when nothing is.
  func changes(to recipe: Recipe, base: Lock?) -> [KeyChange] {
    inputs.changes(to: LockInputs(recipe, of: packages))
      + (base.map { departures(from: $0, for: recipe) } ?? [])
  }
}
