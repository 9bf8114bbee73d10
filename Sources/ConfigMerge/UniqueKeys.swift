import Model

/// A mapping's entries while it is read: a key that occurs again is reported and left out.
struct UniqueKeys {
  private(set) var entries: [Node.Entry] = []
  private var places: [String: SourcePosition] = [:]

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ entry: Node.Entry, problems: inout [Diagnostic]) {
    if let first = places.updateValue(entry.keyPosition, forKey: entry.key) {
      places[entry.key] = first
      problems.append(
        Diagnostic(
          .error, "the key '\(entry.key)' is given twice", at: entry.keyPosition,
          hint: "it was first given at \(first)"))
    } else {
      entries.append(entry)
    }
  }
}
