import Artifacts
import Catalogue
import ConfigMerge
import FoundationEssentials
import Layers
import Model
import Runtimes
import SystemPackage
import Wheels

extension CellBuild {
  /// Puts the facts of a bundle together, all but its checks.
  func record(of bundle: BundleFile, _ prepared: PreparedLayers) -> BundleRecord {
    let layers = prepared.layers.map(\.layer)
    return BundleRecord(
      cell: cell, python: lock.python, floor: lock.floor, kind: recipe.build.archive.value.recordKind,
      layout: recipe.build.layout.value.recordLayout, file: file, digest: bundle.digest,
      size: bundle.size,
      unpackedSize: layers.reduce(0) { $0 + $1.unpackedSize },
      fileCount: layers.reduce(0) { $0 + $1.fileCount },
      recipeDigest: Digest.sha256(of: recipe.canonicalJSON), lockDigest: Digest.sha256(of: lock.toml),
      buildKey: key.digest, createdAt: bench.variables["SOURCE_DATE_EPOCH"].flatMap { Int64($0) },
      toolVersion: bench.toolVersion,
      runtime: RuntimeRecord(
        provider: lock.runtime.provider.rawValue, version: lock.python.description,
        bundled: prepared.hasInterpreter),
      layers: records(of: prepared.layers), packages: packageRecords(prepared),
      modules: moduleRecords(prepared), artifacts: artifactRecords(prepared),
      omissions: omissions.map(OmissionRecord.init))
  }

  /// Writes manifest and catalogue.
  ///
  /// What is out of date now goes first, the former manifest and a bundle of the other kind: when something fails in
  /// between, nothing in `dist/` contradicts the bundle, and the next build goes on.
  func keep(_ record: BundleRecord) async throws {
    let root = bench.workspace.root
    let place = BundlePlace(cell)
    try place.clear(in: root, keeping: recipe.build.archive.value)
    let manifest = root.pushing(FilePath(place.manifest))
    try Manifest(bundle: record).write(to: manifest)
    try syncDirectory(manifest.removingLastComponent())
    try CatalogueExport(bench).markStale()
    let store = bench.layers
    try await bench.catalogue.record(record) { layer in
      try store.entries(of: Layer(layer)).map(FileRecord.init)
    }
    try KeyShelf(workspace: root).add(key)
  }

  private func records(of layers: [BundleLayer]) -> [LayerRecord] {
    var offset: Int64 = 0
    return layers.map { item in
      defer { offset += item.layer.size }
      return LayerRecord(
        name: item.name, kind: item.kind, digest: item.layer.digest, size: item.layer.size,
        unpackedSize: item.layer.unpackedSize, fileCount: item.layer.fileCount, offset: offset)
    }
  }

  private func packageRecords(_ prepared: PreparedLayers) -> [PackageRecord] {
    let requested = lock.requested
    let packages = prepared.packages.map {
      PackageRecord(
        name: $0.locked.name, version: $0.distribution.version, artifact: $0.wheel.digest,
        requested: requested.contains($0.locked.name), licence: $0.distribution.license, level: $0.level,
        recipe: $0.wheel.recipe)
    }
    // Installed, a module is a package like any other.
    return packages
      + prepared.modules.map {
        PackageRecord(
          name: $0.module.packageName, version: $0.distribution.version, artifact: $0.wheel.digest,
          requested: true, licence: $0.distribution.license, level: $0.level)
      }
  }

  private func moduleRecords(_ prepared: PreparedLayers) -> [ModuleRecord] {
    prepared.modules.map {
      ModuleRecord(name: $0.module.name, version: $0.module.version.description, digest: $0.wheel.digest)
    }
  }

  private func artifactRecords(_ prepared: PreparedLayers) -> [ArtifactRecord] {
    let packages = prepared.packages.compactMap { package in
      package.locked.file.map {
        ArtifactRecord(digest: $0.digest, fileName: $0.name, url: $0.url, size: $0.size ?? 0, role: .package)
      } ?? commitRecord(of: package)
    }
    let runtime = lock.runtime.files.map {
      ArtifactRecord(
        digest: $0.digest, fileName: $0.name, url: $0.urls.first, size: $0.size ?? 0, role: .runtime,
        version: $0.version)
    }
    let modules = prepared.modules.map {
      ArtifactRecord(
        digest: $0.wheel.digest, fileName: $0.wheel.fileName.text, url: nil, size: $0.size,
        role: .module)
    }
    return packages + runtime + modules
  }

  /// The archive of the commit that a package was built from.
  private func commitRecord(of package: PreparedPackage) -> ArtifactRecord? {
    guard case .revision(let revision) = package.locked.source, let digest = package.wheel.sourceDigest else {
      return nil
    }
    return ArtifactRecord(
      digest: digest, fileName: "\(package.locked.name)-\(revision.commit).tar", url: revision.address,
      size: FileStatus(of: bench.artifacts.path(of: digest))?.size ?? 0, role: .package)
  }
}

extension BuildConfiguration.ArchiveFormat {
  fileprivate var recordKind: BundleRecord.Kind {
    switch self {
    case .tarZstandard: .tarZstd
    case .zip: .zip
    }
  }
}

extension BuildConfiguration.Layout {
  fileprivate var recordLayout: BundleRecord.Layout {
    switch self {
    case .tree: .tree
    case .wheelhouse: .wheelhouse
    }
  }
}

extension OmissionRecord {
  fileprivate init(_ omission: CellPlan.Omission) {
    self.init(
      package: omission.name, rule: omission.rule == "skip" ? .skip : .missing, reason: omission.reason,
      position: omission.position)
  }
}

extension Layer {
  /// The layer that a record is of.
  init(_ record: LayerRecord) {
    self.init(
      digest: record.digest, size: record.size, unpackedSize: record.unpackedSize, fileCount: record.fileCount
    )
  }
}

extension FileRecord {
  fileprivate init(_ entry: LayerEntry) {
    switch entry.kind {
    case .file(let size, let digest, let isExecutable):
      self.init(path: entry.path, kind: isExecutable ? .executable : .file, size: size, digest: digest)
    case .symlink(let target): self.init(path: entry.path, kind: .symlink, target: target)
    case .directory: self.init(path: entry.path, kind: .directory)
    }
  }
}
