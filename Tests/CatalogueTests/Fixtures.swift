import Catalogue
import Model
import SystemPackage

/// The digest whose 32 bytes are all `byte`.
func digest(_ byte: UInt8) -> Digest { Digest(bytes: [UInt8](repeating: byte, count: 32)) }

/// The digest that spells `number`, for tests that need many.
func digest(numbered number: Int) -> Digest {
  Digest(bytes: (0..<32).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0xee })
}

func package(_ name: String, _ version: String, artifact: Digest? = nil) throws -> PackageRecord {
  PackageRecord(
    name: try PackageName(parsing: name), version: version, artifact: artifact, requested: true,
    licence: "MIT")
}

func layer(_ byte: UInt8, name: String = "wheel numpy 2.2.6", offset: Int64 = 0) -> LayerRecord {
  LayerRecord(
    name: name, kind: "wheel", digest: digest(byte), size: 1_000, unpackedSize: 3_000, fileCount: 2,
    offset: offset)
}

let files = [
  FileRecord(path: "lib/a.py", kind: .file, size: 12, digest: digest(0xa0)),
  FileRecord(path: "bin/a", kind: .executable, size: 30, digest: digest(0xa1)),
]

/// A bundle of one package and one layer; what a test is about is set by its parameters.
func bundle(
  _ cell: String = "python-3.13.5@linux-x64", digest bundleDigest: Digest = digest(1),
  buildKey: Digest = digest(2), layers: [LayerRecord] = [layer(3)], packages: [PackageRecord]? = nil,
  modules: [ModuleRecord] = [], omissions: [OmissionRecord] = [], verification: VerificationRecord? = nil
) throws -> BundleRecord {
  let cell = try CellID(parsing: cell)
  let artifact = ArtifactRecord(
    digest: digest(4), fileName: "numpy-2.2.6-cp313.whl", url: "https://example.org/numpy.whl", size: 900,
    role: .package)
  return BundleRecord(
    cell: cell, python: PythonVersion(3, 13, 5), floor: .standard(for: cell.platform), kind: .tarZstd,
    layout: .tree, file: "dist/\(cell.runenv)/\(cell.runenv)-\(cell.platform).tar.zst",
    digest: bundleDigest, size: 1_100, unpackedSize: 3_000, fileCount: 2, recipeDigest: digest(5),
    lockDigest: digest(6), buildKey: buildKey, createdAt: 1_700_000_000, toolVersion: "1.2.3",
    runtime: RuntimeRecord(provider: "debian", version: "3.13.5-2", bundled: true), layers: layers,
    packages: try packages ?? [package("numpy", "2.2.6", artifact: artifact.digest)],
    modules: modules, artifacts: [artifact], omissions: omissions, verification: verification)
}

/// Gives the body the path of a catalogue that does not exist yet.
func withCatalogue<Value>(_ body: (FilePath) async throws -> Value) async throws -> Value {
  try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-catalogue-") { directory in
    try await body(Catalogue.path(in: directory))
  }
}

/// The cell of `bundle()`.
let cell = CellID(runenv: "python-3.13.5", platform: .linuxX64)
