package import Model

extension Catalogue {
  /// The current bundle of every cell that matches, one row each, in the order of the cells.
  package func summaries(matching query: BundleQuery = .all) throws -> [BundleSummary] {
    guard let connection = try existing() else { return [] }
    let condition = query.condition
    let statement = try connection.prepare(
      "SELECT \(Self.summaryColumns) FROM \(Self.currentBundles) WHERE \(condition.sql)")
    let rows = try statement.rows(binding: condition.values, read: Self.summary)
    return rows.sorted { ($0.runenv, $0.platform) < ($1.runenv, $1.platform) }
  }

  /// Every bundle of the cell that is on record, the current one first.
  package func history(of cell: CellID) throws -> [BundleSummary] {
    guard let connection = try existing() else { return [] }
    return try connection.rows(
      """
      SELECT \(Self.summaryColumns) FROM bundle JOIN cell ON cell.id = bundle.cell
      WHERE runenv = ? AND platform = ? ORDER BY bundle.generation DESC
      """, cell.runenv, cell.platform, read: Self.summary)
  }

  /// The current bundle of every cell that matches, whole, in the order of the cells.
  package func bundles(matching query: BundleQuery = .all) throws -> [BundleRecord] {
    guard let connection = try existing() else { return [] }
    let reader = try BundleReader(connection)
    return try summaries(matching: query).compactMap { try reader.current(of: $0.cell)?.bundle }
  }

  /// The bundle, or nil when it is not on record.
  package func bundle(_ reference: BundleReference) throws -> BundleRecord? {
    guard let connection = try existing() else { return nil }
    return try BundleReader(connection).stored(reference)?.bundle
  }

  /// The cell's current bundle, or nil when none is on record.
  package func bundle(_ cell: CellID) throws -> BundleRecord? { try bundle(BundleReference(cell)) }

  /// What the bundle unpacks to, sorted by path.
  ///
  /// - Throws: `CatalogueError.notRecorded` when there is no such bundle.
  package func files(of reference: BundleReference) throws -> [FileRecord] {
    let bundle = try recorded(reference)
    return try files(in: bundle.layers.map(\.digest))
  }

  /// The bundle.
  ///
  /// - Throws: `CatalogueError.notRecorded` with the most alike name that is on record.
  package func recorded(_ reference: BundleReference) throws -> BundleRecord {
    if let bundle = try bundle(reference) { return bundle }
    let names = try summaries().map(\.cell.description)
    let near = reference.generation == nil ? nearest(to: reference.description, in: names) : nil
    throw CatalogueError.notRecorded(reference, near: near)
  }

  /// What these layers hold, sorted by path.
  func files(in layers: [Digest]) throws -> [FileRecord] {
    guard let connection = try existing() else { return [] }
    let listing = try LayerListing(connection)
    let files = try layers.flatMap { try listing.files(of: $0) }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static let currentBundles = """
    cell JOIN bundle ON bundle.cell = cell.id AND bundle.generation = cell.generation
    """

  private static let summaryColumns = """
    runenv, platform, bundle.generation, python, kind, layout, file, digest, size, unpacked_size, file_count,
    recipe_digest, lock_digest, build_key, package_count, omission_count, verification
    """

  private static func summary(_ row: inout Row) throws -> BundleSummary {
    BundleSummary(
      runenv: try row.next(), platform: try row.next(), generation: try row.next(),
      python: try row.next(), kind: try row.next(), layout: try row.next(), file: try row.next(),
      digest: try row.next(), size: try row.next(), unpackedSize: try row.next(),
      fileCount: try row.next(), recipeDigest: try row.next(), lockDigest: try row.next(),
      buildKey: try row.next(), packageCount: try row.next(), omissionCount: try row.next(),
      verification: try row.next())
  }
}
