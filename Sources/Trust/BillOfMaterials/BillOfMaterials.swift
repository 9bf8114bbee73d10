import Artifacts
package import Catalogue
import Model

/// Says everything that is in a bundle: a CycloneDX 1.6 bill of materials.
///
/// In it are the interpreter with what it was made from and its shared libraries, the packages with their licences and the
/// libraries that their wheels bring, the modules, and the copied files. It depends on nothing but the record: the same
/// bundle, the same bytes. See <https://cyclonedx.org/docs/1.6/json/>.
///
/// `files` says what a layer holds.
package func softwareBillOfMaterials(
  of bundle: BundleRecord, files: (LayerRecord) throws -> [FileRecord]
) rethrows -> [UInt8] {
  var held: [Digest: [FileRecord]] = [:]
  for layer in bundle.layers where held[layer.digest] == nil { held[layer.digest] = try files(layer) }
  return BillOfMaterials(bundle: bundle, files: held).value.document
}

/// The parts of a bundle's bill of materials.
struct BillOfMaterials {
  let bundle: BundleRecord
  /// What each layer holds.
  let files: [Digest: [FileRecord]]

  var value: JSONValue {
    let components = [interpreter].compactMap(\.self) + packages + copiedFiles
    return [
      "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
      "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
      "serialNumber": .text(serialNumber), "metadata": metadata,
      "components": .array(components),
      "dependencies": [["ref": .text(root), "dependsOn": .array(components.compactMap(\.reference))]],
      "compositions": [["aggregate": "complete", "assemblies": [.text(root)]]],
    ]
  }

  private var root: String { "bundle:\(bundle.cell)" }

  private var metadata: JSONValue {
    .object(of: [
      "timestamp": bundle.createdAt.map { .text(UTCTime($0).description) },
      "tools": [
        "components": [
          .object(of: [
            "type": "application", "name": "ppp", "version": bundle.toolVersion.map { .text($0) },
          ])
        ]
      ],
      "component": .object(of: [
        "type": "platform", "bom-ref": .text(root), "name": .text(bundle.runenv),
        "version": .text(bundle.digest.hex), "hashes": hashes(bundle.digest),
        "properties": properties([
          "ppp:platform": bundle.platform.description, "ppp:floor": bundle.floor?.description,
          "ppp:python": bundle.python.description, "ppp:runtime": bundle.runtime.provider,
          "ppp:layout": bundle.layout.rawValue,
        ]),
      ]),
    ])
  }

  /// A UUID of the bundle's digest: version 8, what a maker chooses (RFC 9562).
  private var serialNumber: String {
    var digits = Array(Digest.sha256(of: "bill of materials of \(bundle.digest)").hex.prefix(32))
    digits[12] = "8"
    digits[16] = "9"
    let parts = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
    return "urn:uuid:" + parts.map { String($0) }.joined(separator: "-")
  }

  /// What `copyFiles` brought.
  private var copiedFiles: [JSONValue] {
    bundle.layers.filter { $0.kind == copiedLayerKind }.flatMap { files[$0.digest] ?? [] }
      .compactMap(fileComponent)
  }

  /// Nil for what has no content of its own.
  func fileComponent(_ file: FileRecord) -> JSONValue? {
    file.digest.map {
      ["type": "file", "bom-ref": "file:\(file.path)", "name": .text(file.path), "hashes": hashes($0)]
    }
  }

  /// The shared libraries in a layer, without the extension modules, which are a package's own code.
  func libraries(in layer: LayerRecord) -> [JSONValue] {
    (files[layer.digest] ?? []).filter { isSharedLibrary($0.path) }.compactMap(fileComponent)
  }

  func hashes(_ digest: Digest) -> JSONValue { [["alg": "SHA-256", "content": .text(digest.hex)]] }

  func properties(_ values: [String: String?]) -> JSONValue {
    .array(
      values.compactMapValues(\.self).sorted { $0.key < $1.key }
        .map { ["name": .text($0.key), "value": .text($0.value)] })
  }
}

/// Whether a file's name is that of a library which other native files load: `libssl.so.3`, `python313.dll`.
func isSharedLibrary(_ path: String) -> Bool {
  let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
  if name.hasSuffix(".dll") { return true }
  return name.hasPrefix("lib") && (name.hasSuffix(".so") || name.contains(".so.") || name.hasSuffix(".dylib"))
}

extension JSONValue {
  /// What other parts of a bill of materials call a component.
  fileprivate var reference: JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members["bom-ref"]
  }
}
