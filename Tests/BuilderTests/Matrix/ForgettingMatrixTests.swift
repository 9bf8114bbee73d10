import Artifacts
import Catalogue
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Cells that a workspace no longer has") struct ForgettingMatrixTests {
  @Test("a runenv that is gone takes bundles, manifests, folder, records and keys with it")
  func runenv() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      try removeTree(scene.path("runenvs/python-3.13.5-more"))
      try scene.write("dist/notes.txt", "not ours")
      let results = try await scene.build()
      #expect(Set(results.endings.values) == ["up to date"])
      #expect(
        try scene.tree("dist") == [
          "catalogue.json", "index.html", "notes.txt", "python-3.13.5/python-3.13.5-linux-x64.manifest.json",
          "python-3.13.5/python-3.13.5-linux-x64.tar.zst",
          "python-3.13.5/python-3.13.5-macosx-aarch64.manifest.json",
          "python-3.13.5/python-3.13.5-macosx-aarch64.tar.zst",
        ])
      #expect(!scene.exists("dist/python-3.13.5-more"))
      #expect(try await scene.record("python-3.13.5-more@linux-x64") == nil)
      #expect(try !scene.text("dist/catalogue.json").contains("more"))
      #expect(try listDirectory(scene.path(".ppp/keys")).count == 2)
    }
  }

  @Test("a platform that is gone takes its files with it, and only those")
  func platform() async throws {
    try await MatrixScene.with { scene in
      try scene.lockAll([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build()
      try scene.write("runenvs/python-3.13.5/config.json", #"{"platforms": ["linux-x64"]}"#)
      try await scene.build("python-3.13.5-more")
      #expect(
        try scene.tree("dist/python-3.13.5") == [
          "python-3.13.5-linux-x64.manifest.json", "python-3.13.5-linux-x64.tar.zst",
        ])
    }
  }

  @Test("an export that a run which was ended left behind is written by the next, idle, run")
  func staleExport() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      try await scene.build("python-3.13.5@linux-x64")
      let bench = try scene.bench()
      try CatalogueExport(bench).markStale()
      try scene.write("dist/catalogue.json", "{}")
      try await scene.build("python-3.13.5@linux-x64")
      #expect(try scene.text("dist/catalogue.json").contains("\"runenv\" : \"python-3.13.5\""))
      #expect(try await !CatalogueExport(bench).isStale)
    }
  }

  @Test("a workspace that was built before there was a page gets one, and one without bundles none")
  func page() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(wheel("alpha", "1.0"))])
      let bench = try scene.bench()
      #expect(try await !CatalogueExport(bench).isStale)
      try await scene.build("python-3.13.5@linux-x64")
      try removeTree(scene.path("dist/index.html"))
      #expect(try await CatalogueExport(bench).isStale)
      try await scene.build("python-3.13.5@linux-x64")
      #expect(try scene.text("dist/index.html").contains("\"runenv\":\"python-3.13.5\""))
      #expect(try await !CatalogueExport(bench).isStale)
    }
  }
}
