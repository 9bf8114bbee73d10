package import Model

extension Catalogue {
  /// Records a cell's bundle as its current one; the one before becomes history.
  ///
  /// A bundle with the digest of the current one takes its place and its generation; where recipe and build
  /// key are the same too and `bundle` brings no verification, the one on record stays. What is on record
  /// already is not written again. Everything is recorded, or, when an error is thrown, nothing.
  ///
  /// - Parameters:
  ///   - bundle: The bundle, with its layers.
  ///   - files: What a layer holds; asked only for layers that the catalogue does not know yet.
  /// - Throws: `CatalogueError`, and what `files` throws.
  package func record(
    _ bundle: BundleRecord, files: @Sendable (LayerRecord) throws -> [FileRecord]
  ) throws {
    let connection = try opened()
    let unknown = try unknownLayers(of: bundle, on: connection)
    // Read before the transaction, which keeps every other writer waiting.
    let listings = try unknown.map { ($0, try files($0)) }
    try connection.transaction {
      let reader = try BundleReader(connection)
      let cell = try CellRow(bundle.cell, on: connection)
      let current = try reader.current(of: bundle.cell)
      let merged = bundle.keepingVerification(of: current?.bundle)
      if let current {
        guard current.bundle != merged else { return }
        if current.bundle.digest == merged.digest {
          try connection.run("DELETE FROM bundle WHERE id = ?", current.id)
        }
      }
      let isSame = current?.bundle.digest == merged.digest
      let generation = isSame ? cell.generation : cell.generation + 1
      let writer = BundleWriter(connection: connection)
      for (layer, files) in listings { try writer.add(layer, files: files) }
      try writer.add(merged, cell: cell.id, generation: generation)
      try connection.run("UPDATE cell SET generation = ? WHERE id = ?", generation, cell.id)
    }
  }

  /// Records what verifying the bundle of this digest found, in place of what was found before.
  ///
  /// - Throws: `CatalogueError.notRecorded` when that is not the cell's current bundle any more.
  package func record(_ verification: VerificationRecord, of cell: CellID, digest: Digest) throws {
    guard let connection = try existing() else {
      throw CatalogueError.notRecorded(BundleReference(cell), near: nil)
    }
    try connection.transaction {
      guard let current = try BundleReader(connection).current(of: cell), current.bundle.digest == digest
      else { throw CatalogueError.notRecorded(BundleReference(cell), near: nil) }
      guard current.bundle.verification != verification else { return }
      try connection.run("DELETE FROM verification_check WHERE bundle = ?", current.id)
      try BundleWriter(connection: connection).add(verification, to: current.id)
    }
  }

  /// Forgets a cell that no longer exists, its history included; one that is not on record is fine.
  package func forget(_ cell: CellID) throws {
    guard let connection = try existing() else { return }
    try connection.transaction {
      let row = try connection.rows(
        "SELECT id FROM cell WHERE runenv = ? AND platform = ?", cell.runenv, cell.platform
      ) { try $0.next(Int64.self) }
      guard let id = row.first else { return }
      try connection.run("DELETE FROM bundle WHERE cell = ?", id)
      try removeUnreferenced(on: connection)
    }
  }

  /// Drops the history of every cell but for its current bundle and the `count` before that.
  package func prune(keeping count: Int) throws {
    guard let connection = try existing() else { return }
    try connection.transaction {
      try connection.run(
        """
        DELETE FROM bundle
        WHERE generation < (SELECT cell.generation FROM cell WHERE cell.id = bundle.cell) - ?
        """, count)
      try removeUnreferenced(on: connection)
    }
  }

  private func removeUnreferenced(on connection: Connection) throws {
    try connection.execute(
      """
      DELETE FROM layer WHERE id NOT IN (SELECT layer FROM bundle_layer);
      DELETE FROM artifact WHERE id NOT IN (SELECT artifact FROM bundle_artifact);
      """)
  }

  private func unknownLayers(of bundle: BundleRecord, on connection: Connection) throws -> [LayerRecord] {
    let known = try connection.prepare("SELECT 1 FROM layer WHERE digest = ?")
    var seen: Set<Digest> = []
    return try bundle.layers.filter { layer in
      guard seen.insert(layer.digest).inserted else { return false }
      return try known.rows(layer.digest) { try $0.next(Int.self) }.isEmpty
    }
  }
}

/// A cell's row, made when it is not there.
private struct CellRow {
  let id: Int64
  let generation: Int

  init(_ cell: CellID, on connection: Connection) throws {
    try connection.run(
      "INSERT INTO cell (runenv, platform, generation) VALUES (?, ?, 0) ON CONFLICT DO NOTHING",
      cell.runenv, cell.platform)
    let rows = try connection.rows(
      "SELECT id, generation FROM cell WHERE runenv = ? AND platform = ?", cell.runenv, cell.platform
    ) { (try $0.next(Int64.self), try $0.next(Int.self)) }
    guard let row = rows.first else { preconditionFailure("the cell was just inserted") }
    (id, generation) = row
  }
}

extension BundleRecord {
  /// This bundle, verified as `former` was if it is the same and nothing new is known.
  fileprivate func keepingVerification(of former: BundleRecord?) -> BundleRecord {
    guard verification == nil, let former, former.digest == digest, former.buildKey == buildKey,
      former.recipeDigest == recipeDigest
    else { return self }
    var bundle = self
    bundle.verification = former.verification
    return bundle
  }
}
