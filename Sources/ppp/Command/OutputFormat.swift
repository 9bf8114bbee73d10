import ArgumentParser

/// How a result is written on standard output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// The same facts for machines, keys sorted.
  case json
}
