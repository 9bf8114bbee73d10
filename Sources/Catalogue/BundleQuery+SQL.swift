import Model

extension BundleQuery {
  /// The query as a condition on `bundle JOIN cell`, and the values for its `?`.
  var condition: (sql: String, values: [Column]) {
    var terms: [String] = []
    var values: [Column] = []
    if !cells.isEmpty {
      // The range lets the index of cells leave out most of them; the pattern decides about the rest.
      let globs = cells.map { _ in
        "(runenv >= ? AND runenv <= ? || char(0x10FFFF) AND runenv || '@' || platform GLOB ?)"
      }
      terms.append("(" + globs.joined(separator: " OR ") + ")")
      values += cells.flatMap { [$0.literalRunenv.column, $0.literalRunenv.column, $0.column] }
    }
    if !platforms.isEmpty {
      terms.append("platform IN (" + platforms.map { _ in "?" }.joined(separator: ", ") + ")")
      values += platforms.map(\.column)
    }
    if let package {
      terms.append("bundle.id IN (SELECT bundle FROM package WHERE name = ?)")
      values.append(package.column)
    }
    if let module {
      terms.append("bundle.id IN (SELECT bundle FROM module WHERE name = ?)")
      values.append(module.column)
    }
    if let verification {
      terms.append("verification = ?")
      values.append(verification.column)
    }
    return (terms.isEmpty ? "true" : terms.joined(separator: " AND "), values)
  }
}

extension String {
  /// What a runenv's id begins with for its cells to match the pattern.
  fileprivate var literalRunenv: String { String(prefix { !"*?[@".contains($0) }) }
}
