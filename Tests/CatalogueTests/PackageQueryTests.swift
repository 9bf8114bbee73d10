import Catalogue
import Model
import Testing

@Suite struct PackageQueryTests {
  @Test func `packages of current bundles are counted by version and licence, modules and history aside`()
    async throws
  {
    try await withCatalogue { path in
      let catalogue = Catalogue(at: path)
      let module = ModuleRecord(
        name: try ModuleName(parsing: "demand_classes"), version: "1.0", digest: digest(9))
      let old = try [package("numpy", "1.0")]
      try await catalogue.record(try bundle("a@linux-x64", digest: digest(7), packages: old)) { _ in files }
      let packages = try [package("numpy", "2.0"), package("demand-classes", "1.0")]
      for (number, cell) in ["a@linux-x64", "b@linux-x64", "b@windows-x64"].enumerated() {
        let made = try bundle(
          cell, digest: digest(numbered: number), packages: packages, modules: [module])
        try await catalogue.record(made) { _ in files }
      }
      let all = try await catalogue.packages()
      #expect(
        all.map { "\($0.name) \($0.version) \($0.licence ?? "") \($0.bundleCount) \($0.cell)" } == [
          "numpy 2.0 MIT 3 a@linux-x64"
        ])
      let some = try await catalogue.packages(matching: BundleQuery(cells: ["b@*"]))
      #expect(some.map(\.bundleCount) == [2])
    }
  }

  @Test func `a catalogue that was never written has no packages`() async throws {
    try await withCatalogue { path in
      let packages = try await Catalogue(at: path).packages()
      #expect(packages.isEmpty)
    }
  }
}
