import Model

/// Reads whole bundles; its statements are prepared once for any number of them.
struct BundleReader {
  /// A bundle's row number, and the bundle.
  struct Stored {
    let id: Int64
    let bundle: BundleRecord
  }

  private let bundle: Statement
  private let generation: Statement
  private let layers: Statement
  private let artifacts: Statement
  private let packages: Statement
  private let levels: Statement
  private let recipes: Statement
  private let sources: Statement
  private let modules: Statement
  private let omissions: Statement
  private let checks: Statement

  init(_ connection: Connection) throws {
    bundle = try connection.prepare(
      """
      SELECT cell.runenv, cell.platform, python, floor, bundle.kind, layout, file, digest, size, unpacked_size,
        file_count, recipe_digest, lock_digest, build_key, created_at, tool_version, runtime_provider, runtime_version,
        runtime_bundled, verification
      FROM bundle JOIN cell ON cell.id = bundle.cell WHERE bundle.id = ?
      """)
    generation = try connection.prepare(
      """
      SELECT bundle.id FROM bundle JOIN cell ON cell.id = bundle.cell
      WHERE cell.runenv = ? AND cell.platform = ? AND bundle.generation = coalesce(?, cell.generation)
      """)
    layers = try connection.prepare(
      """
      SELECT name, kind, digest, size, unpacked_size, file_count, byte_offset
      FROM bundle_layer JOIN layer ON layer.id = bundle_layer.layer WHERE bundle = ? ORDER BY position
      """)
    artifacts = try connection.prepare(
      """
      SELECT digest, file_name, url, size, role, bundle_artifact.version
      FROM bundle_artifact JOIN artifact ON artifact.id = bundle_artifact.artifact
      WHERE bundle = ? ORDER BY position
      """)
    levels = try connection.prepare(
      "SELECT package, level, keeps_sources, minified FROM package_level WHERE bundle = ?")
    recipes = try connection.prepare(
      "SELECT package, reference, digest FROM package_recipe WHERE bundle = ?")
    sources = try connection.prepare(
      "SELECT package, path, reason FROM package_source WHERE bundle = ? ORDER BY path")
    packages = try connection.prepare(
      "SELECT name, version, artifact, requested, licence FROM package WHERE bundle = ? ORDER BY name")
    modules = try connection.prepare(
      "SELECT name, version, digest FROM module WHERE bundle = ? ORDER BY name")
    omissions = try connection.prepare(
      """
      SELECT package, rule, reason, file, line, column_number FROM omission
      WHERE bundle = ? ORDER BY position
      """)
    checks = try connection.prepare(
      "SELECT name, outcome, message FROM verification_check WHERE bundle = ? ORDER BY position")
  }

  /// The cell's current bundle, if it has one.
  func current(of cell: CellID) throws -> Stored? { try stored(BundleReference(cell)) }

  func stored(_ reference: BundleReference) throws -> Stored? {
    let (cell, number) = (reference.cell, reference.generation)
    let ids = try generation.rows(cell.runenv, cell.platform, number) { try $0.next(Int64.self) }
    return try ids.first.flatMap { id in try read(id).map { Stored(id: id, bundle: $0) } }
  }

  /// The bundle of a row number, if there is one.
  func read(_ id: Int64) throws -> BundleRecord? {
    let parts = (
      layers: try readLayers(id), packages: try readPackages(id), modules: try readModules(id),
      artifacts: try readArtifacts(id),
      omissions: try readOmissions(id), checks: try readChecks(id)
    )
    return try bundle.rows(id) { row in
      BundleRecord(
        cell: CellID(runenv: try row.next(), platform: try row.next()), python: try row.next(),
        floor: try row.next(), kind: try row.next(), layout: try row.next(), file: try row.next(),
        digest: try row.next(), size: try row.next(), unpackedSize: try row.next(),
        fileCount: try row.next(), recipeDigest: try row.next(), lockDigest: try row.next(),
        buildKey: try row.next(), createdAt: try row.next(), toolVersion: try row.next(),
        runtime: RuntimeRecord(
          provider: try row.next(), version: try row.next(), bundled: try row.next()),
        layers: parts.layers, packages: parts.packages, modules: parts.modules,
        artifacts: parts.artifacts, omissions: parts.omissions,
        verification: try row.next(VerificationRecord.State?.self).map { _ in
          VerificationRecord(checks: parts.checks)
        })
    }.first
  }

  private func readLayers(_ bundle: Int64) throws -> [LayerRecord] {
    try layers.rows(bundle) { row in
      LayerRecord(
        name: try row.next(), kind: try row.next(), digest: try row.next(), size: try row.next(),
        unpackedSize: try row.next(), fileCount: try row.next(), offset: try row.next())
    }
  }

  private func readArtifacts(_ bundle: Int64) throws -> [ArtifactRecord] {
    try artifacts.rows(bundle) { row in
      ArtifactRecord(
        digest: try row.next(), fileName: try row.next(), url: try row.next(), size: try row.next(),
        role: try row.next(), version: try row.next())
    }
  }

  private func readPackages(_ bundle: Int64) throws -> [PackageRecord] {
    let levels = try readLevels(bundle)
    let found = try recipes.rows(bundle) { row in
      (
        try row.next(PackageName.self),
        BuildRecipeRecord(reference: try row.next(), digest: try row.next())
      )
    }
    let recipes = Dictionary(found) { $1 }
    return try packages.rows(bundle) { row in
      let name = try row.next(PackageName.self)
      return PackageRecord(
        name: name, version: try row.next(), artifact: try row.next(),
        requested: try row.next(), licence: try row.next(), level: levels[name],
        recipe: recipes[name])
    }
  }

  private func readLevels(_ bundle: Int64) throws -> [PackageName: LevelRecord] {
    var kept: [PackageName: [LevelRecord.Source]] = [:]
    let listed = try sources.rows(bundle) { row in
      let name = try row.next(PackageName.self)
      return (name, LevelRecord.Source(path: try row.next(), reason: try row.next()))
    }
    for (name, source) in listed { kept[name, default: []].append(source) }
    let found = try levels.rows(bundle) { row in
      let name = try row.next(PackageName.self)
      let record = LevelRecord(
        level: try row.next(), keepsSources: try row.next(), isMinified: try row.next(),
        sources: kept[name] ?? [])
      return (name, record)
    }
    return Dictionary(found) { $1 }
  }

  private func readModules(_ bundle: Int64) throws -> [ModuleRecord] {
    try modules.rows(bundle) { row in
      ModuleRecord(name: try row.next(), version: try row.next(), digest: try row.next())
    }
  }

  private func readOmissions(_ bundle: Int64) throws -> [OmissionRecord] {
    try omissions.rows(bundle) { row in
      let (package, rule, reason) = try (
        row.next(PackageName.self), row.next(OmissionRecord.Rule.self), row.next(String.self)
      )
      let (file, line, column) = try (
        row.next(String?.self), row.next(Int?.self), row.next(Int?.self)
      )
      let position = file.map { SourcePosition(file: $0, line: line ?? 1, column: column ?? 1) }
      return OmissionRecord(package: package, rule: rule, reason: reason, position: position)
    }
  }

  private func readChecks(_ bundle: Int64) throws -> [CheckRecord] {
    try checks.rows(bundle) { row in
      CheckRecord(name: try row.next(), outcome: try row.next(), message: try row.next())
    }
  }
}
