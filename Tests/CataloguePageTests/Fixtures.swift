import Catalogue
import FoundationEssentials
import Model
import SystemPackage
import TestSupport

@testable import CataloguePage

/// The digest whose 32 bytes are all `byte`.
func digest(_ byte: UInt8) -> Digest { Digest(bytes: [UInt8](repeating: byte, count: 32)) }

func package(_ name: String, _ version: String, licence: String? = "MIT") throws -> PackageRecord {
  PackageRecord(
    name: try PackageName(parsing: name), version: version, artifact: nil, requested: true, licence: licence)
}

/// A bundle of one layer; what a test is about is set by its parameters.
func bundle(
  _ cell: String = "python-3.13.5@linux-x64", digest bundleDigest: Digest = digest(1),
  packages: [PackageRecord]? = nil, modules: [ModuleRecord] = [], omissions: [OmissionRecord] = [],
  checks: [CheckRecord]? = nil,
  createdAt: Int64? = nil
) throws -> BundleRecord {
  let cell = try CellID(parsing: cell)
  let layer = LayerRecord(
    name: "numpy 2.2.6", kind: "wheel", digest: digest(3), size: 1_000, unpackedSize: 3_000, fileCount: 2,
    offset: 0)
  return BundleRecord(
    cell: cell, python: PythonVersion(3, 13, 5), floor: .standard(for: cell.platform), kind: .tarZstd,
    layout: .tree, file: "dist/\(cell.runenv)/\(cell.runenv)-\(cell.platform).tar.zst",
    digest: bundleDigest, size: 1_100, unpackedSize: 3_000, fileCount: 2, recipeDigest: digest(5),
    lockDigest: digest(6), buildKey: digest(7), createdAt: createdAt,
    runtime: RuntimeRecord(provider: "debian", version: "3.13.5-2", bundled: true), layers: [layer],
    packages: try packages ?? [package("numpy", "2.2.6")], modules: modules, artifacts: [],
    omissions: omissions,
    verification: checks.map { VerificationRecord(checks: $0) })
}

/// The page of these bundles, in this order, each the current one of its cell.
func page(_ bundles: [BundleRecord]) throws -> String {
  try page(bundles.map { NumberedBundle(generation: 1, bundle: $0) })
}

func page(_ bundles: [NumberedBundle]) throws -> String {
  var content = PageContent()
  for bundle in bundles { content.add(bundle) }
  return String(decoding: try CataloguePage(content, sha256: sha256).html(), as: UTF8.self)
}

let sha256: @Sendable ([UInt8]) -> Digest = { Digest(bytes: testSHA256($0)) }

/// What stands between the first `start` and the next `end` after it.
func text(in page: String, after start: String, upTo end: String) -> String? {
  guard let opening = page.firstRange(of: start) else { return nil }
  let rest = page[opening.upperBound...]
  return rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
}

/// The page's facts, as a browser would read them.
func facts(in page: String) throws -> PageFacts {
  let json = text(in: page, after: "<script type=\"application/json\" id=\"data\">", upTo: "</script>")
  return try JSONDecoder().decode(PageFacts.self, from: Data((json ?? "").utf8))
}

/// As much of the page's data as the tests look at.
struct PageFacts: Decodable {
  struct Packages: Decodable {
    let name: [String]
    let version: [String]
    let licence: [Int]
    let recipe: [Int]
  }
  struct Omission: Decodable {
    let package: String
    let reason: Int
    let position: String?
  }
  struct Checks: Decodable {
    let state: String
  }
  struct Module: Decodable, Equatable {
    let name: String
    let version: String
    let digest: String
  }
  struct Bundle: Decodable {
    let runenv: String
    let generation: Int
    let createdAt: Int64?
    let packages: Int
    let modules: [Module]
    let omissions: [Omission]
    let checks: Checks?
  }
  let platforms: [String]
  let texts: [String]
  let packages: Packages
  let packageLists: [String]
  let bundles: [Bundle]
}
