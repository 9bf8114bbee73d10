import FoundationEssentials
import Testing

@testable import Trust

@Suite("Bill of materials")
struct BillOfMaterialsTests {
  struct Document: Decodable {
    struct Component: Decodable {
      struct Licences: Decodable {
        struct Named: Decodable {
          let id: String?
          let name: String?
        }
        let license: Named?
        let expression: String?
      }
      struct Reference: Decodable {
        let type: String
        let url: String
      }
      let type: String
      let reference: String
      let name: String
      let version: String?
      let purl: String?
      let licenses: [Licences]?
      let externalReferences: [Reference]?
      let components: [Component]?

      enum CodingKeys: String, CodingKey {
        case reference = "bom-ref"
        case type, name, version, purl, licenses, externalReferences, components
      }
    }
    let serialNumber: String
    let components: [Component]
  }

  private func document(_ sample: BundleSample) throws -> Document {
    let bytes = softwareBillOfMaterials(of: sample.bundle) { sample.files(of: $0) }
    return try JSONDecoder().decode(Document.self, from: Data(bytes))
  }

  @Test("it lists the whole environment: interpreter, its libraries, packages, modules, copied files")
  func whole() async throws {
    let document = try document(BundleSample())
    #expect(
      document.components.map(\.reference) == [
        "interpreter", "package:bare", "package:etl", "package:numpy", "package:old-style",
        "package:sgmllib3k", "file:bin/täglich \"x\"",
      ])
    let interpreter = document.components[0]
    #expect(interpreter.purl == "pkg:generic/cpython@3.13.5")
    #expect(interpreter.components?.map(\.name) == ["zlib1g", "lib/libz.so.1"])
    #expect(interpreter.components?.first?.purl == "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64")
    let packages = Dictionary(uniqueKeysWithValues: document.components.map { ($0.name, $0) })
    #expect(packages["numpy"]?.purl == "pkg:pypi/numpy@2.2.6")
    #expect(packages["numpy"]?.components?.map(\.name) == ["site-packages/numpy.libs/libopenblas-1.so"])
    #expect(packages["etl"]?.purl == "pkg:generic/etl@1.1.0")
    #expect(packages["sgmllib3k"]?.externalReferences?.map(\.type) == ["source-distribution"])
    #expect(packages["numpy"]?.externalReferences?.map(\.type) == ["distribution"])
    #expect(packages["bare"]?.licenses == nil)
    #expect(packages["numpy"]?.licenses?.first?.expression == "BSD-3-Clause AND MIT")
    #expect(packages["etl"]?.licenses?.first?.license?.id == "MIT")
    #expect(packages["old-style"]?.licenses?.first?.license?.name == "Some licence")
  }

  @Test("an interpreter that the user brings is not in it")
  func external() async throws {
    let document = try document(BundleSample(bundled: false))
    #expect(!document.components.contains { $0.reference == "interpreter" })
  }

  @Test("the same bundle gives the same bytes, and a serial number of its own")
  func pure() async throws {
    let sample = try BundleSample()
    let first = softwareBillOfMaterials(of: sample.bundle) { sample.files(of: $0) }
    #expect(softwareBillOfMaterials(of: sample.bundle) { sample.files(of: $0) } == first)
    let serial = try document(sample).serialNumber
    #expect(
      serial.wholeMatch(of: /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}/) != nil)
  }

  @Test(
    "licences are names of SPDX where they can only be those",
    arguments: [
      ("MIT", Licence.identifier("MIT")), ("apache-2.0", .identifier("Apache-2.0")),
      ("MIT License", .identifier("MIT")), ("Apache License, Version 2.0", .identifier("Apache-2.0")),
      ("mit or apache-2.0", .expression("MIT OR Apache-2.0")),
      ("(MIT OR GPL-2.0+) and BSD-3-Clause", .expression("(MIT OR GPL-2.0+) AND BSD-3-Clause")),
      ("GPL-2.0-only WITH Classpath-exception-2.0", .expression("GPL-2.0-only WITH Classpath-exception-2.0")),
      ("LicenseRef-scancode-x", .expression("LicenseRef-scancode-x")),
      ("BSD License", .words("BSD License")), ("MIT OR Proprietary", .words("MIT OR Proprietary")),
      ("(MIT", .words("(MIT")), ("MIT AND", .words("MIT AND")), ("Dual\r\n  License", .words("Dual")),
    ])
  func licences(text: String, licence: Licence) { #expect(Licence(text) == licence) }

  @Test("white space is no licence")
  func noLicence() { #expect(Licence(" \n") == nil) }

  @Test(
    "only libraries that others load are told from extension modules",
    arguments: [
      ("lib/libssl.so.3", true), ("a/libfoo.so", true), ("Lib/python313.DLL", true), ("x/libz.1.dylib", true),
      ("lib-dynload/_ssl.cpython-313-x86_64-linux-gnu.so", false), ("numpy/core.pyd", false),
      ("lib/libfoo.py", false), ("", false),
    ])
  func libraries(path: String, isLibrary: Bool) { #expect(isSharedLibrary(path) == isLibrary) }
}
