import Catalogue
import Model

extension BillOfMaterials {
  /// The interpreter with what it was made from and its shared libraries; nil where the user brings it.
  var interpreter: JSONValue? {
    guard bundle.runtime.bundled else { return nil }
    let version = bundle.python.description
    let archives = bundle.artifacts.filter(isOfRuntime)
    let packages = archives.filter { $0.fileName.hasSuffix(".deb") }
    let libraries = bundle.layers.filter { $0.kind == "runtime" }.flatMap(libraries)
    return .object(of: [
      "type": "platform", "bom-ref": "interpreter", "name": "cpython", "version": .text(version),
      "purl": .text(PackageURL("generic", ["cpython"], version: version).description),
      "cpe": .text("cpe:2.3:a:python:python:\(version):*:*:*:*:*:*:*"),
      "licenses": Licence.identifier("PSF-2.0").value,
      "externalReferences": list(archives.compactMap { reference($0, "distribution") }),
      "components": list(packages.map(debianPackage) + libraries),
      "properties": properties([
        "ppp:kind": "interpreter", "ppp:provider": bundle.runtime.provider,
        "ppp:providerVersion": bundle.runtime.version.isEmpty ? nil : bundle.runtime.version,
      ]),
    ])
  }

  /// What an older ppp recorded doesn't say what a file is there for; a Debian package is there for nothing else.
  private func isOfRuntime(_ artifact: ArtifactRecord) -> Bool {
    artifact.role.map { $0 == .runtime } ?? artifact.fileName.hasSuffix(".deb")
  }

  /// A Debian package's file is `name_version_architecture.deb`, without the version's epoch.
  private func debianPackage(_ artifact: ArtifactRecord) -> JSONValue {
    let parts = artifact.fileName.dropLast(4).split(separator: "_").map(String.init)
    let version = artifact.version ?? (parts.count > 1 ? parts[1] : "")
    let url = PackageURL(
      "deb", ["debian", parts.first ?? artifact.fileName], version: version,
      qualifiers: ["arch": parts.count > 2 ? parts[2] : nil])
    return .object(of: [
      "type": "library", "bom-ref": "artifact:\(artifact.digest.hex)",
      "name": .text(parts.first ?? artifact.fileName), "version": .text(version),
      "purl": .text(url.description), "hashes": hashes(artifact.digest),
      "properties": properties(["ppp:kind": "debian package"]),
    ])
  }
}
