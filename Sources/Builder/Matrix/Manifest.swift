import Catalogue
import FoundationEssentials
import Model
import SystemPackage

/// What lies beside a bundle in `dist/`: everything the catalogue knows of it but its checks.
struct Manifest: Codable {
  private(set) var schemaVersion = 1
  let bundle: BundleRecord

  init(bundle: BundleRecord) {
    var facts = bundle
    facts.verification = nil
    self.bundle = facts
  }

  /// Writes the manifest whole or not at all; sorted keys, a line feed at the end.
  func write(to path: FilePath) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try writeAtomically(encoder.encode(self) + Data("\n".utf8), to: path)
  }
}
