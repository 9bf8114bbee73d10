import Catalogue
import Model

/// Bundles as a large workspace has them, the same at every run: variants that share most of their packages,
/// native wheels that differ by platform, and a few things that went wrong.
struct LargeCatalogue {
  /// One version of a package; a native one has other bytes on every platform.
  private struct Release {
    let number: Int
    let name: PackageName
    let version: String
    let isNative: Bool
    let size: Int64
    let licence: String?
  }

  let runenvs: Int
  let packages: Int
  private let universe: [Release]

  init(runenvs: Int = 450, packages: Int = 100) throws {
    self.runenvs = runenvs
    self.packages = packages
    universe = try (0..<(packages * 6)).map { number in
      let isNative = number % 4 == 0
      return Release(
        number: number, name: try PackageName(parsing: "\(Self.words[number % Self.words.count])-\(number)"),
        version: "\(number % 5).\(number % 17).\(number % 7)", isNative: isNative,
        size: Int64((isNative ? 900_000 : 40_000) + (number * number * 7_919) % 3_000_000),
        licence: Self.licences[number % Self.licences.count])
    }
  }

  /// In the order in which a catalogue gives them: of a cell, the current one first.
  func bundles() throws -> [NumberedBundle] {
    try (0..<runenvs).map(name).sorted { $0.id < $1.id }.flatMap { runenv in
      try Platform.all.flatMap { platform in
        let cell = CellID(runenv: runenv.id, platform: platform)
        let number = runenv.number
        // One cell in nine is missing, one in ten has a history.
        guard (number + platform.number * 3) % 9 != 0 else { return [NumberedBundle]() }
        let generations = number % 10 == 0 ? [2, 1] : [1]
        return try generations.map { generation in
          NumberedBundle(generation: generation, bundle: try bundle(cell, number, generation))
        }
      }
    }
  }

  private func name(_ number: Int) -> (number: Int, id: String) {
    let python = ["3.11.9", "3.12.10", "3.13.5"][number % 3]
    return (number, "python-\(python)-\(Self.words[number % Self.words.count])-\(number)")
  }

  private func bundle(_ cell: CellID, _ number: Int, _ generation: Int) throws -> BundleRecord {
    let releases = (0..<packages).map { universe[($0 * 6 + (number * ($0 % 3)) % 6) % universe.count] }
    let chosen = generation == 1 ? releases : releases.dropLast() + [universe[number % universe.count]]
    let unique = Dictionary(chosen.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }).values
      .sorted { $0.name < $1.name }
    let layers = unique.map { layer(of: $0, on: cell.platform) }
    let size = layers.reduce(0) { $0 + $1.size }
    return BundleRecord(
      cell: cell, python: PythonVersion(3, 11 + number % 3, 5), floor: .standard(for: cell.platform),
      kind: cell.platform == .windowsX64 ? .zip : .tarZstd, layout: .tree,
      file: "dist/\(cell.runenv)/\(cell.runenv)-\(cell.platform).tar.zst",
      digest: numbered(number * 100 + cell.platform.number * 10 + generation), size: size,
      unpackedSize: size * 3, fileCount: 4_000 + number, recipeDigest: numbered(number),
      lockDigest: numbered(number + generation), buildKey: numbered(number),
      createdAt: 1_790_000_000 + Int64(number) * 3_600,
      runtime: RuntimeRecord(provider: "python-build-standalone", version: "2026", bundled: true),
      layers: layers,
      packages: unique.enumerated().map { index, release in
        PackageRecord(
          name: release.name, version: release.version, artifact: nil, requested: index % 5 == 0,
          licence: release.licence)
      },
      artifacts: [], omissions: try omissions(cell, number), verification: verification(cell, number))
  }

  private func layer(of release: Release, on platform: Platform) -> LayerRecord {
    let size = release.size + (release.isNative ? Int64(platform.number * 10_000) : 0)
    return LayerRecord(
      name: "\(release.name) \(release.version)", kind: "wheel",
      digest: numbered(1_000_000 + release.number * 10 + (release.isNative ? platform.number : 0)),
      size: size,
      unpackedSize: size * 3, fileCount: 40, offset: 0)
  }

  private func omissions(_ cell: CellID, _ number: Int) throws -> [OmissionRecord] {
    guard cell.platform == .windowsX64, number % 4 == 0 else { return [] }
    return [
      OmissionRecord(
        package: try PackageName(parsing: "uvloop"), rule: .skip,
        reason: "uvloop supports Linux and macOS only",
        position: SourcePosition(file: "shared-config.json", line: 9, column: 24)),
      OmissionRecord(
        package: try PackageName(parsing: "pyarrow"), rule: .missing,
        reason: "no version from 12 to 19 has a wheel for windows-x64 and Python 3.\(11 + number % 3)"),
    ]
  }

  private func verification(_ cell: CellID, _ number: Int) -> VerificationRecord? {
    guard number % 11 != 0 else { return nil }
    let passed = ["python starts", "native files", "import ssl"].map {
      CheckRecord(name: $0, outcome: .passed)
    }
    guard number % 57 == 3, cell.platform == .linuxX64 else { return VerificationRecord(checks: passed) }
    let failure = CheckRecord(
      name: "import torch", outcome: .failed,
      message: "ImportError: libcudart.so.12: cannot open shared object file: No such file or directory")
    return VerificationRecord(checks: passed + [failure])
  }

  private static let words = [
    "science", "web", "imaging", "etl", "forecast", "notebook", "audio", "vision", "finance", "geo", "text",
  ]
  private static let licences = [
    "MIT", "BSD-3-Clause", "Apache-2.0", nil, "MIT OR Apache-2.0", "LGPL-3.0-or-later",
  ]
}

extension Platform {
  fileprivate var number: Int { Platform.all.firstIndex(of: self) ?? 0 }
}

/// The digest that spells `number`.
private func numbered(_ number: Int) -> Digest {
  Digest(
    bytes: (0..<32).map { index in
      UInt8(truncatingIfNeeded: (number &* 2_654_435_761 &+ 97) >> ((index % 7) * 8)) &+ UInt8(index)
    })
}
