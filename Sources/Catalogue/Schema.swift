/// The tables of the catalogue's database, and how an older database becomes a current one.
///
/// Step `n` of `migrations` leads from `user_version` n to n + 1. A step that was ever released is never changed.
enum Schema {
  /// `PPPC`: marks the file as a catalogue of ppp (`PRAGMA application_id`).
  static let applicationID = 0x5050_5043
  static var version: Int { migrations.count }

  static let migrations = [first, second, third, fourth, fifth]

  /// A cell's current bundle is the one whose generation is the cell's.
  ///
  /// Lower generations are its history. The counter stays when a cell's bundles go, so that a number never
  /// means two things.
  private static let first = """
    CREATE TABLE cell (
      id INTEGER PRIMARY KEY,
      runenv TEXT NOT NULL,
      platform TEXT NOT NULL,
      generation INTEGER NOT NULL,
      UNIQUE (runenv, platform)
    ) STRICT;

    CREATE TABLE bundle (
      id INTEGER PRIMARY KEY,
      cell INTEGER NOT NULL REFERENCES cell (id),
      generation INTEGER NOT NULL,
      python TEXT NOT NULL,
      floor TEXT,
      kind TEXT NOT NULL,
      layout TEXT NOT NULL,
      file TEXT NOT NULL,
      digest TEXT NOT NULL,
      size INTEGER NOT NULL,
      unpacked_size INTEGER NOT NULL,
      file_count INTEGER NOT NULL,
      recipe_digest TEXT NOT NULL,
      lock_digest TEXT NOT NULL,
      build_key TEXT NOT NULL,
      created_at INTEGER,
      runtime_provider TEXT NOT NULL,
      runtime_version TEXT NOT NULL,
      runtime_bundled INTEGER NOT NULL,
      package_count INTEGER NOT NULL,
      omission_count INTEGER NOT NULL,
      verification TEXT,
      UNIQUE (cell, generation)
    ) STRICT;

    CREATE TABLE layer (
      id INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      size INTEGER NOT NULL,
      unpacked_size INTEGER NOT NULL,
      file_count INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE layer_file (
      layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      kind TEXT NOT NULL,
      size INTEGER NOT NULL,
      digest TEXT,
      target TEXT,
      PRIMARY KEY (layer, path)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE bundle_layer (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      layer INTEGER NOT NULL REFERENCES layer (id),
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      byte_offset INTEGER NOT NULL,
      PRIMARY KEY (bundle, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bundle_layer_by_layer ON bundle_layer (layer);

    CREATE TABLE artifact (
      id INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      size INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE bundle_artifact (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      artifact INTEGER NOT NULL REFERENCES artifact (id),
      file_name TEXT NOT NULL,
      url TEXT,
      PRIMARY KEY (bundle, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bundle_artifact_by_artifact ON bundle_artifact (artifact);

    CREATE TABLE package (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      artifact TEXT,
      requested INTEGER NOT NULL,
      licence TEXT,
      PRIMARY KEY (bundle, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX package_by_name ON package (name, version);

    CREATE TABLE omission (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      package TEXT NOT NULL,
      rule TEXT NOT NULL,
      reason TEXT NOT NULL,
      file TEXT,
      line INTEGER,
      column_number INTEGER,
      PRIMARY KEY (bundle, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE verification_check (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      outcome TEXT NOT NULL,
      message TEXT,
      PRIMARY KEY (bundle, position)
    ) STRICT, WITHOUT ROWID;
    """

  /// The workspace's modules in a bundle.
  private static let second = """
    CREATE TABLE module (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (bundle, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX module_by_name ON module (name, version);
    """

  /// What made a bundle, and what each of its artifacts is there for.
  private static let third = """
    ALTER TABLE bundle ADD COLUMN tool_version TEXT;
    ALTER TABLE bundle_artifact ADD COLUMN role TEXT;
    ALTER TABLE bundle_artifact ADD COLUMN version TEXT;
    """

  /// What became of packages' Python code; packages whose code is as their wheel has it have no row.
  private static let fourth = """
    CREATE TABLE package_level (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      package TEXT NOT NULL,
      level TEXT NOT NULL,
      keeps_sources INTEGER NOT NULL,
      minified INTEGER NOT NULL,
      PRIMARY KEY (bundle, package)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE package_source (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      package TEXT NOT NULL,
      path TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (bundle, package, path)
    ) STRICT, WITHOUT ROWID;
    """

  /// The recipes that packages' wheels were built by; packages whose wheels weren't have no row.
  private static let fifth = """
    CREATE TABLE package_recipe (
      bundle INTEGER NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
      package TEXT NOT NULL,
      reference TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (bundle, package)
    ) STRICT, WITHOUT ROWID;
    """
}
