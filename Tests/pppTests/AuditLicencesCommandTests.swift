import FoundationEssentials
import Model
import TestSupport
import Testing

@Suite("ppp audit licences", .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct AuditLicencesCommandTests {
  private struct Report: Decodable {
    struct Package: Decodable {
      let package: String
      let licence: String?
      let source: String?
      let verdict: String
      let bundles: Int
    }
    let packages: [Package]
  }

  private static func licensed(_ name: String, _ fields: String...) -> WheelMaker {
    var maker = wheel(name, "1.0")
    maker.metadata += fields
    return maker
  }

  private static let wheels = [
    licensed("alpha", "License-Expression: Apache-2.0 OR GPL-3.0-only"),
    licensed("beta", "Classifier: License :: OSI Approved :: MIT License"),
    licensed("gamma", "License: GPLv3+"),
    licensed("delta", "License: Copyright (c) Somebody"), licensed("epsilon"),
  ]

  private static func files(_ audit: String) -> [String: String] {
    [
      "shared-config.json": """
      {"registries": {"default": "{index}"}, "runtime": {"provider": "external"},
       "packages": {"dependencies": ["alpha", "beta", "gamma", "delta", "epsilon"]},
       "platforms": ["linux-x64", "macosx-aarch64"]\(audit)}
      """, "runenvs/python-3.13.5-a/config.json": "{}",
    ]
  }

  @Test("expressions, classifiers and the legacy field are told, and unknown ones by name")
  func stated() async throws {
    try await Scene.locking(Self.wheels, Self.files("")) { scene, _ in
      try await scene.built()
      let ending = try await scene.run("audit", "licences", "--format", "json")
      #expect((ending.status, ending.errors) == (0, ""), "\(ending)")
      let packages = try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8)).packages
      #expect(packages.map(\.package) == ["alpha", "beta", "delta", "epsilon", "gamma"])
      #expect(packages.map(\.licence) == ["Apache-2.0 OR GPL-3.0-only", "MIT", nil, nil, "GPL-3.0-or-later"])
      #expect(packages.map(\.source) == ["expression", "words", nil, nil, "words"])
      #expect(packages.map(\.verdict) == ["allowed", "allowed", "unknown", "unknown", "allowed"])
      #expect(packages.map(\.bundles) == [2, 2, 2, 2, 2])
      let strict = try await scene.run("audit", "licences", "--strict", "--findings")
      #expect(strict.status == 1)
      #expect(strict.output.split(separator: "\n").count == 3, "\(strict)")
      #expect(strict.output.contains("Copyright (c) Somebody"))
      #expect(strict.errors == "5 packages: 3 allowed, 0 denied, 2 unknown\n")
    }
  }

  @Test(
    "what is denied fails, with OR one permitted licence is enough, and the configuration can say what is unknown"
  )
  func policy() async throws {
    let audit = """
      ,
       "audit": {"licences": {"deny": ["GPL-*"], "packages": {"delta": "MIT", "Epsilon": "mit AND isc", "zeta": "MIT"}}}
      """
    try await Scene.locking(Self.wheels, Self.files(audit)) { scene, _ in
      try await scene.built()
      let ending = try await scene.run("audit", "licences")
      #expect(ending.status == 1)
      #expect(ending.output.contains("gamma    1.0      GPL-3.0-or-later            denied"), "\(ending)")
      #expect(ending.errors.contains("warning: no bundle holds the package 'zeta', whose licence is given"))
      #expect(ending.errors.hasSuffix("5 packages: 4 allowed, 1 denied, 0 unknown\n"), "\(ending)")
      try scene.write(
        "shared-config.json",
        scene.read("shared-config.json").replacing(
          #""deny": ["GPL-*"]"#, with: #""allow": ["mit", "ISC", "Apache-*", "GPL-3.0-or-later"]"#))
      let allowed = try await scene.run("audit", "licences", "--strict")
      #expect(allowed.status == 0, "\(allowed)")
    }
  }

  @Test("where only some licences are allowed, an unknown one fails")
  func unknownIsNotAllowed() async throws {
    let audit = #", "audit": {"licences": {"allow": ["*"]}}"#
    try await Scene.locking(Self.wheels, Self.files(audit)) { scene, _ in
      try await scene.built()
      #expect(try await scene.run("audit", "licences").status == 1)
      #expect(try await scene.run("audit", "licences", "python-3.12*").status == 0)
    }
  }

  @Test(
    "a policy that can't mean anything is an error with its place",
    arguments: [
      (#"{"allow": ["Apache 2.0"]}"#, "'Apache 2.0' is not a pattern of licences"),
      (#"{"deny": ["GLP-*"]}"#, "'GLP-*' is not a pattern of licences"),
      (#"{"packages": {"a": "Apache"}}"#, "'Apache' is not a licence expression"),
      (#"{"allowed": []}"#, "unknown key 'allowed'"),
    ])
  func refused(policy: String, message: String) async throws {
    try await inScene(["shared-config.json": #"{"audit": {"licences": \#(policy)}}"#]) { scene in
      let ending = try await scene.run("audit", "licences")
      #expect(ending.status == 2)
      #expect(ending.errors.contains(message), "\(ending)")
    }
  }

  @Test("an empty catalogue has no licences")
  func empty() async throws {
    try await inScene(["shared-config.json": "{}"]) { scene in
      let ending = try await scene.run("audit", "licenses", "--strict")
      #expect((ending.status, ending.output) == (0, ""))
      #expect(ending.errors == "0 packages: 0 allowed, 0 denied, 0 unknown\n")
    }
  }
}
