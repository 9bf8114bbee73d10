extension Sequence where Element: Sendable {
  /// Transforms every element, at most `width` at once, and returns the results in the elements' order.
  ///
  /// The first error cancels what still runs and is thrown once that has ended.
  package func concurrentMap<Value: Sendable>(
    width: Int, _ transform: @escaping @Sendable (Element) async throws -> Value
  ) async throws -> [Value] {
    precondition(width > 0, "a task group needs a width")
    let elements = Array(self)
    return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      var results = [Value?](repeating: nil, count: elements.count)
      for index in elements.indices {
        if index >= width, let (done, value) = try await group.next() { results[done] = value }
        group.addTask { (index, try await transform(elements[index])) }
      }
      for try await (done, value) in group { results[done] = value }
      return results.compactMap(\.self)
    }
  }
}
