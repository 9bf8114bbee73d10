import Catalogue
import Model

extension BillOfMaterials {
  /// Packages and modules, each with its licence and the libraries that its wheel brings.
  var packages: [JSONValue] {
    let artifacts = Dictionary(bundle.artifacts.map { ($0.digest, $0) }) { first, _ in first }
    let modules = Set((bundle.modules ?? []).map { $0.name.description.lowercased() })
    return bundle.packages.map { package in
      let isModule = modules.contains { PackageName.isSame($0, package.name) }
      let artifact = package.artifact.flatMap { artifacts[$0] }
      return component(
        package, from: artifact, source: artifact == nil ? sourceArtifact(of: package) : nil,
        isModule: isModule)
    }
  }

  private func component(
    _ package: PackageRecord, from artifact: ArtifactRecord?, source: ArtifactRecord?, isModule: Bool
  ) -> JSONValue {
    let url = PackageURL(
      isModule ? "generic" : "pypi", [package.name.description], version: package.version)
    let references =
      [artifact.flatMap { reference($0, "distribution") }]
      + [source.flatMap { reference($0, "source-distribution") }]
    let libraries = bundle.layers.filter { isLayer($0, of: package) }.flatMap(libraries)
    return .object(of: [
      "type": "library", "bom-ref": "package:\(package.name)", "name": .text(package.name.description),
      "version": .text(package.version), "purl": .text(url.description), "scope": "required",
      "hashes": package.artifact.map(hashes), "licenses": package.licence.flatMap(Licence.init)?.value,
      "externalReferences": list(references.compactMap(\.self)), "components": list(libraries),
      "properties": properties([
        "ppp:kind": isModule ? "module" : "package", "ppp:requested": package.requested ? "true" : "false",
        "ppp:builtFromSource": source == nil ? nil : "true",
        "ppp:recipe": package.recipe?.reference, "ppp:recipeDigest": package.recipe?.digest.description,
      ]),
    ])
  }

  /// The sdist that a package was built from, where its wheel is none that anybody offers.
  private func sourceArtifact(of package: PackageRecord) -> ArtifactRecord? {
    bundle.artifacts.first { artifact in
      guard artifact.role != .runtime, !artifact.fileName.hasSuffix(".whl"),
        let hyphen = artifact.fileName.lastIndex(of: "-")
      else { return false }
      return PackageName.isSame(String(artifact.fileName[..<hyphen]), package.name)
    }
  }

  /// A wheel's layer is named for package and version.
  private func isLayer(_ layer: LayerRecord, of package: PackageRecord) -> Bool {
    guard layer.kind == "wheel" || layer.kind == "module" else { return false }
    return PackageName.isSame(String(layer.name.prefix { $0 != " " }), package.name)
  }

  func reference(_ artifact: ArtifactRecord, _ type: String) -> JSONValue? {
    artifact.url.map { ["type": .text(type), "url": .text($0), "hashes": hashes(artifact.digest)] }
  }

  func list(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? nil : .array(values) }
}

extension PackageName {
  /// Whether a text is a spelling of the name.
  fileprivate static func isSame(_ text: String, _ name: PackageName) -> Bool {
    // What is no package's name is not this one's.
    (try? PackageName(parsing: text)) == name
  }
}

extension Licence {
  /// CycloneDX's list of licences.
  var value: JSONValue {
    switch self {
    case .identifier(let name): [["license": ["id": .text(name)]]]
    case .expression(let text): [["expression": .text(text)]]
    case .words(let text): [["license": ["name": .text(text)]]]
    }
  }
}
