import Catalogue
import Model

/// A bundle with one of everything that a bill of materials lists.
struct BundleSample {
  static func digest(_ byte: UInt8) -> Digest { Digest(bytes: [UInt8](repeating: byte, count: 32)) }

  let bundle: BundleRecord
  let files: [Digest: [FileRecord]]

  init(
    createdAt: Int64? = 1_700_000_000, toolVersion: String? = "1.2.3", bundled: Bool = true,
    sources: [ArtifactRecord] = []
  ) throws {
    let digest = Self.digest
    bundle = BundleRecord(
      cell: try CellID(parsing: "python-3.13.5+etl@linux-x64"), python: PythonVersion(3, 13, 5),
      floor: .standard(for: .linuxX64), kind: .tarZstd, layout: .tree,
      file: "dist/python-3.13.5+etl/python-3.13.5+etl-linux-x64.tar.zst", digest: digest(1), size: 1_100,
      unpackedSize: 3_000, fileCount: 7, recipeDigest: digest(2), lockDigest: digest(3), buildKey: digest(4),
      createdAt: createdAt, toolVersion: toolVersion,
      runtime: RuntimeRecord(provider: "debian", version: "3.13.5", bundled: bundled),
      layers: try Self.layers(bundled: bundled),
      packages: [
        try Self.package("numpy", "2.2.6", digest(20), "BSD-3-Clause AND MIT"),
        try Self.package("old-style", "1.0", digest(21), "Some licence\nof many lines"),
        try Self.package("sgmllib3k", "1.0.0", digest(22), "BSD License", recipe: digest(50)),
        try Self.package("etl", "1.1.0", digest(23), "mit"), try Self.package("bare", "1", nil, nil),
      ],
      modules: [
        ModuleRecord(name: try ModuleName(parsing: "etl"), version: "1.1.0", digest: digest(23))
      ],
      artifacts: [
        ArtifactRecord(
          digest: digest(20), fileName: "numpy-2.2.6-cp313-cp313-manylinux_2_28_x86_64.whl",
          url: "https://example.org/numpy.whl", size: 10, role: .package),
        ArtifactRecord(
          digest: digest(30), fileName: "sgmllib3k-1.0.0.tar.gz", url: "https://example.org/s.tar.gz",
          size: 5,
          role: .package),
        ArtifactRecord(
          digest: digest(31), fileName: "zlib1g_1.2.13.dfsg-1_amd64.deb", url: "https://example.org/z.deb",
          size: 5, role: .runtime, version: "1:1.2.13.dfsg-1"),
        ArtifactRecord(
          digest: digest(23), fileName: "etl-1.1.0-py3-none-any.whl", url: nil, size: 5, role: .module),
      ] + sources)
    files = [
      digest(10): [
        FileRecord(path: "bin/python3.13", kind: .executable, size: 9, digest: digest(40)),
        FileRecord(path: "lib/libz.so.1", kind: .executable, size: 9, digest: digest(41)),
        FileRecord(path: "lib/libz.so", kind: .symlink, target: "libz.so.1"),
        FileRecord(path: "lib/python3.13/lib-dynload/_ssl.cpython-313.so", kind: .file, digest: digest(42)),
      ],
      digest(11): [
        FileRecord(path: "site-packages/numpy/core.cpython-313.so", kind: .file, digest: digest(43)),
        FileRecord(path: "site-packages/numpy.libs/libopenblas-1.so", kind: .file, digest: digest(44)),
      ],
      digest(13): [FileRecord(path: "bin/täglich \"x\"", kind: .executable, size: 3, digest: digest(45))],
    ]
  }

  func files(of layer: LayerRecord) -> [FileRecord] { files[layer.digest] ?? [] }

  private static func layers(bundled: Bool) throws -> [LayerRecord] {
    let named: [(UInt8, String, String)] = [
      (10, "cpython 3.13.5", "runtime"), (11, "numpy 2.2.6", "wheel"), (12, "etl 1.1.0", "module"),
      (13, "copied files", "files"),
    ]
    return named.filter { bundled || $0.2 != "runtime" }.map { byte, name, kind in
      LayerRecord(
        name: name, kind: kind, digest: digest(byte), size: 9, unpackedSize: 9, fileCount: 2, offset: 0)
    }
  }

  private static func package(
    _ name: String, _ version: String, _ artifact: Digest?, _ licence: String?,
    recipe: Digest? = nil
  ) throws -> PackageRecord {
    PackageRecord(
      name: try PackageName(parsing: name), version: version, artifact: artifact, requested: true,
      licence: licence,
      recipe: recipe.map {
        BuildRecipeRecord(reference: "git+https://example.org/recipes@v1#subdirectory=sgmllib3k", digest: $0)
      })
  }
}
