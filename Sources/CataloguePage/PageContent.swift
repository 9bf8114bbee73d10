import Catalogue
import Model

/// Puts the page's data together, one bundle after the other.
struct PageContent: Sendable {
  private struct Package: Hashable {
    let name: PackageName
    let version: String
    let licence: Int
    let recipe: Int
  }

  private struct Layer: Hashable {
    let digest: Digest
    let name: String
    let kind: Int
    let size: Int64
    let unpackedSize: Int64
    let fileCount: Int
  }

  private var bundles: [PageData.Bundle] = []
  private var texts = Interned<String>()
  private var packages = Interned<Package>()
  private var layers = Interned<Layer>()
  private var packageLists = NumberLists()
  private var requestedLists = NumberLists()
  private var layerLists = NumberLists()
  private var textLists = NumberLists()

  /// Adds the next bundle; the current one of a cell comes before its earlier ones.
  mutating func add(
    _ numbered: NumberedBundle, version: String? = nil, publishedAt: Int64? = nil
  ) {
    let bundle = numbered.bundle
    let packages = bundle.packages.map { (number: number(of: $0), isRequested: $0.requested) }
    bundles.append(
      PageData.Bundle(
        runenv: bundle.runenv,
        platform: Platform.all.firstIndex(of: bundle.platform) ?? Platform.all.endIndex,
        generation: numbered.generation, version: version, python: bundle.python.description,
        floor: bundle.floor?.description, kind: bundle.kind.rawValue, layout: bundle.layout.rawValue,
        file: bundle.file, digest: bundle.digest.hex, size: bundle.size, unpackedSize: bundle.unpackedSize,
        fileCount: bundle.fileCount, recipe: bundle.recipeDigest.short, lock: bundle.lockDigest.short,
        createdAt: bundle.createdAt, publishedAt: publishedAt, runtime: PageData.Runtime(bundle.runtime),
        packages: packageLists.number(of: packages.map(\.number)),
        requested: requestedLists.number(of: packages.filter(\.isRequested).map(\.number)),
        layers: layerLists.number(of: bundle.layers.map { number(of: $0) }),
        modules: (bundle.modules ?? []).map { PageData.Module($0) },
        omissions: bundle.omissions.map { omission(of: $0) },
        checks: bundle.verification.map { checks(of: $0) }))
  }

  var data: PageData {
    let (packages, layers) = (packages.values, layers.values)
    return PageData(
      platforms: Platform.all.map(\.description), texts: texts.values,
      packages: PageData.Packages(
        name: packages.map(\.name.description), version: packages.map(\.version),
        licence: packages.map(\.licence), recipe: packages.map(\.recipe)),
      layers: PageData.Layers(
        name: layers.map(\.name), kind: layers.map(\.kind), digest: layers.map(\.digest.short),
        size: layers.map(\.size), unpackedSize: layers.map(\.unpackedSize),
        fileCount: layers.map(\.fileCount)),
      packageLists: packageLists.texts, requestedLists: requestedLists.texts,
      layerLists: layerLists.texts, textLists: textLists.texts, bundles: bundles)
  }

  private mutating func number(of package: PackageRecord) -> Int {
    let licence = package.licence.flatMap(Self.title).map { texts.number(of: $0) }
    let recipe = package.recipe.map { texts.number(of: "\($0.reference) (\($0.digest.short))") }
    return packages.number(
      of: Package(
        name: package.name, version: package.version, licence: licence ?? -1, recipe: recipe ?? -1))
  }

  private mutating func number(of layer: LayerRecord) -> Int {
    layers.number(
      of: Layer(
        digest: layer.digest, name: layer.name, kind: texts.number(of: layer.kind), size: layer.size,
        unpackedSize: layer.unpackedSize, fileCount: layer.fileCount))
  }

  private mutating func omission(of record: OmissionRecord) -> PageData.Omission {
    PageData.Omission(
      package: record.package.description, rule: record.rule.rawValue,
      reason: texts.number(of: record.reason), position: record.position?.description)
  }

  private mutating func checks(of record: VerificationRecord) -> PageData.Checks {
    let passed = record.checks.filter { $0.outcome == .passed }.map { texts.number(of: $0.name) }
    let others = record.checks.filter { $0.outcome != .passed }.map { check in
      PageData.Check(
        name: check.name, outcome: check.outcome.rawValue,
        message: check.message.map { texts.number(of: $0) })
    }
    return PageData.Checks(
      state: record.state.rawValue, passed: textLists.number(of: passed), others: others)
  }

  /// A licence in one line: of those that are given in full, where they begin; the rest is in `catalogue.json`.
  private static func title(of licence: String) -> String? {
    let lines = licence.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
    guard let line = lines.first(where: { !$0.isEmpty }) else { return nil }
    let isName = lines.count == 1 || line.lowercased().contains("licen")
    let title = isName ? String(line) : "text: \(line)"
    return title.count > 80 ? "\(title.prefix(79))…" : title
  }
}

extension PageData.Runtime {
  fileprivate init(_ record: RuntimeRecord) {
    self.init(provider: record.provider, version: record.version, bundled: record.bundled)
  }
}

extension PageData.Module {
  fileprivate init(_ record: ModuleRecord) {
    self.init(name: record.name.description, version: record.version, digest: record.digest.short)
  }
}

extension Digest {
  /// As many digits as it takes to tell one from the other.
  fileprivate var short: String { String(hex.prefix(12)) }
}
