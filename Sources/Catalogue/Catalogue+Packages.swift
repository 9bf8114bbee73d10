import Model

extension Catalogue {
  /// The packages of the current bundles that match, sorted by name, version as text, and licence.
  ///
  /// The workspace's own modules are not among them.
  package func packages(matching query: BundleQuery = .all) throws -> [CataloguedPackage] {
    guard let connection = try existing() else { return [] }
    let condition = query.condition
    let statement = try connection.prepare(
      """
      SELECT held.name, held.version, held.licence, count(*), min(runenv || '@' || platform)
      FROM cell JOIN bundle ON bundle.cell = cell.id AND bundle.generation = cell.generation
      JOIN package AS held ON held.bundle = bundle.id
      WHERE \(condition.sql) AND NOT EXISTS (
        SELECT 1 FROM module WHERE module.bundle = bundle.id AND replace(module.name, '_', '-') = held.name)
      GROUP BY held.name, held.version, held.licence ORDER BY held.name, held.version, held.licence
      """)
    return try statement.rows(binding: condition.values) { row in
      CataloguedPackage(
        name: try row.next(), version: try row.next(), licence: try row.next(), bundleCount: try row.next(),
        cell: try CellID(parsing: row.next()))
    }
  }
}
