import CSQLite
import Model

/// Inserts bundles and layers; the caller's transaction makes them appear together.
struct BundleWriter {
  let connection: Connection

  /// Adds a layer with its files, unless it is there.
  func add(_ layer: LayerRecord, files: [FileRecord]) throws {
    let added = try connection.rows(
      """
      INSERT INTO layer (digest, size, unpacked_size, file_count) VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING RETURNING id
      """, layer.digest, layer.size, layer.unpackedSize, layer.fileCount
    ) { try $0.next(Int64.self) }
    guard let id = added.first else { return }
    let insert = try connection.prepare(
      "INSERT INTO layer_file (layer, path, kind, size, digest, target) VALUES (?, ?, ?, ?, ?, ?)")
    for file in files {
      try insert.run(id, file.path, file.kind, file.size, file.digest, file.target)
    }
  }

  /// Adds a bundle whose layers are there.
  func add(_ bundle: BundleRecord, cell: Int64, generation: Int) throws {
    try connection.run(
      """
      INSERT INTO bundle (
        cell, generation, python, floor, kind, layout, file, digest, size, unpacked_size, file_count,
        recipe_digest, lock_digest, build_key, created_at, runtime_provider, runtime_version,
        runtime_bundled, package_count, omission_count, tool_version
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      cell, generation, bundle.python, bundle.floor, bundle.kind, bundle.layout, bundle.file, bundle.digest,
      bundle.size, bundle.unpackedSize, bundle.fileCount, bundle.recipeDigest, bundle.lockDigest,
      bundle.buildKey, bundle.createdAt, bundle.runtime.provider, bundle.runtime.version,
      bundle.runtime.bundled, bundle.packages.count, bundle.omissions.count, bundle.toolVersion)
    let id = sqlite3_last_insert_rowid(connection.handle)
    try add(bundle.layers, to: id)
    try add(bundle.artifacts, to: id)
    try add(bundle.packages, to: id)
    try add(bundle.modules ?? [], to: id)
    try add(bundle.omissions, to: id)
    if let verification = bundle.verification { try add(verification, to: id) }
  }

  func add(_ verification: VerificationRecord, to bundle: Int64) throws {
    try connection.run("UPDATE bundle SET verification = ? WHERE id = ?", verification.state, bundle)
    let insert = try connection.prepare(
      "INSERT INTO verification_check (bundle, position, name, outcome, message) VALUES (?, ?, ?, ?, ?)")
    for (position, check) in verification.checks.enumerated() {
      try insert.run(bundle, position, check.name, check.outcome, check.message)
    }
  }

  private func add(_ layers: [LayerRecord], to bundle: Int64) throws {
    let insert = try connection.prepare(
      """
      INSERT INTO bundle_layer (bundle, position, layer, name, kind, byte_offset)
      SELECT ?, ?, id, ?, ?, ? FROM layer WHERE digest = ?
      """)
    for (position, layer) in layers.enumerated() {
      try insert.run(bundle, position, layer.name, layer.kind, layer.offset, layer.digest)
    }
  }

  private func add(_ artifacts: [ArtifactRecord], to bundle: Int64) throws {
    let artifact = try connection.prepare(
      "INSERT INTO artifact (digest, size) VALUES (?, ?) ON CONFLICT DO NOTHING")
    let insert = try connection.prepare(
      """
      INSERT INTO bundle_artifact (bundle, position, artifact, file_name, url, role, version)
      SELECT ?, ?, id, ?, ?, ?, ? FROM artifact WHERE digest = ?
      """)
    for (position, record) in artifacts.enumerated() {
      try artifact.run(record.digest, record.size)
      try insert.run(
        bundle, position, record.fileName, record.url, record.role, record.version, record.digest)
    }
  }

  private func add(_ packages: [PackageRecord], to bundle: Int64) throws {
    let insert = try connection.prepare(
      """
      INSERT INTO package (bundle, name, version, artifact, requested, licence) VALUES (?, ?, ?, ?, ?, ?)
      """)
    for record in packages {
      try insert.run(
        bundle, record.name, record.version, record.artifact, record.requested, record.licence)
    }
    for record in packages {
      if let level = record.level { try add(level, of: record.name, to: bundle) }
      guard let recipe = record.recipe else { continue }
      try connection.run(
        "INSERT INTO package_recipe (bundle, package, reference, digest) VALUES (?, ?, ?, ?)", bundle,
        record.name, recipe.reference, recipe.digest)
    }
  }

  private func add(_ level: LevelRecord, of package: PackageName, to bundle: Int64) throws {
    try connection.run(
      "INSERT INTO package_level (bundle, package, level, keeps_sources, minified) VALUES (?, ?, ?, ?, ?)",
      bundle, package, level.level, level.keepsSources, level.isMinified)
    let insert = try connection.prepare(
      "INSERT INTO package_source (bundle, package, path, reason) VALUES (?, ?, ?, ?)")
    for source in level.sources { try insert.run(bundle, package, source.path, source.reason) }
  }

  private func add(_ modules: [ModuleRecord], to bundle: Int64) throws {
    let insert = try connection.prepare(
      "INSERT INTO module (bundle, name, version, digest) VALUES (?, ?, ?, ?)")
    for record in modules { try insert.run(bundle, record.name, record.version, record.digest) }
  }

  private func add(_ omissions: [OmissionRecord], to bundle: Int64) throws {
    let insert = try connection.prepare(
      """
      INSERT INTO omission (bundle, position, package, rule, reason, file, line, column_number)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for (index, omission) in omissions.enumerated() {
      try insert.run(
        bundle, index, omission.package, omission.rule, omission.reason, omission.position?.file,
        omission.position?.line, omission.position?.column)
    }
  }
}
