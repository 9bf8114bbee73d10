import Model

extension BundleQuery {
  /// The query as a condition on `bundle JOIN cell`, and the values for its `?`.
  var condition: (sql: String, values: [Column]) {
    var terms: [String] = []
    var values: [Column] = []
    if !cells.isEmpty {
      let globs = cells.map { _ in "runenv || '@' || platform GLOB ?" }
      terms.append("(" + globs.joined(separator: " OR ") + ")")
      values += cells.map(\.column)
    }
    if !platforms.isEmpty {
      terms.append("platform IN (" + platforms.map { _ in "?" }.joined(separator: ", ") + ")")
      values += platforms.map(\.column)
    }
    if let package {
      terms.append("EXISTS (SELECT 1 FROM package WHERE package.bundle = bundle.id AND package.name = ?)")
      values.append(package.column)
    }
    if let module {
      terms.append("EXISTS (SELECT 1 FROM module WHERE module.bundle = bundle.id AND module.name = ?)")
      values.append(module.column)
    }
    if let verification {
      terms.append("verification = ?")
      values.append(verification.column)
    }
    return (terms.isEmpty ? "true" : terms.joined(separator: " AND "), values)
  }
}
