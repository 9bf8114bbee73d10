import Artifacts
import Binaries
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// Sources whose backends come from the package index, compiled for Windows and macOS, checked, and where there is
/// wine imported.
@Suite("Native code for Windows and macOS", .enabled(if: ForeignScene.isPossible), .serialized)
struct ForeignBuildPeerTests {
  typealias Backend = CrossBuildPeerTests.Backend

  @Test(
    "setuptools, Cython, CMake and Meson compile an extension that Windows loads", arguments: Backend.allCases
  )
  func windows(_ backend: Backend) async throws {
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(backend.source)
      try await foreign.built { place, module in
        #expect(module == "tiny.cp311-win_amd64.pyd")
        guard case .pe(let file) = try NativeFile.inspect(place.appending(module)) else {
          Issue.record("no PE file")
          return
        }
        #expect(file.machine == .x64 && file.isDLL)
        let others = file.imports.filter { !WindowsLibraries.contains($0) }
        #expect(others == ["python311.dll"])
        #expect(try text(place, "WHEEL").contains("Tag: cp311-cp311-win_amd64"))
        try await ForeignScene.importUnderWine(
          "tiny", prefix: place.removingLastComponent().removingLastComponent())
      }
    }
  }

  @Test(
    "setuptools, Cython, CMake and Meson compile an extension that a Mac of the floor loads",
    arguments: Backend.allCases, [Platform.macOSAArch64, .macOSX64])
  func mac(_ backend: Backend, _ platform: Platform) async throws {
    try await ForeignScene.with(platform) { foreign in
      try foreign.lock(backend.source)
      try await foreign.built { place, module in
        #expect(module == "tiny.cpython-311-darwin.so")
        guard case .machO(let images) = try NativeFile.inspect(place.appending(module)) else {
          Issue.record("no Mach-O file")
          return
        }
        let image = try #require(images.first)
        #expect(images.count == 1 && image.machine == Machine(platform))
        #expect(image.minimumSystem?.description == "11.0" && image.platform == "macOS")
        #expect(image.dependencies.map(\.name) == ["/usr/lib/libSystem.B.dylib"])
        #expect(image.isSigned || platform == .macOSX64)
        let machine = platform == .macOSX64 ? "x86_64" : "arm64"
        #expect(try text(place, "WHEEL").contains("Tag: cp311-cp311-macosx_11_0_\(machine)"))
      }
    }
  }

  @Test("what is built once serves other cells of the platform")
  func shelved() async throws {
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(Backend.setuptools.source)
      try await foreign.built { _, _ in }
      let other = try foreign.copied(as: "python-3.11.9-more")
      try other.lock(Backend.setuptools.source)
      try await other.built { _, _ in }
      #expect(foreign.scene.matrix.exists(".ppp/logs/\(foreign.cell)-tiny.log"))
      #expect(!foreign.scene.matrix.exists(".ppp/logs/\(other.cell)-tiny.log"))
      let items = try BuiltWheels(store: ArtifactStore(cache: foreign.scene.matrix.cache)).list()
      #expect(items.map(\.note.fileName) == ["tiny-1.0-cp311-cp311-win_amd64.whl"])
    }
  }

  private func text(_ place: FilePath, _ name: String) throws -> String {
    String(decoding: try readFile(place.appending("tiny-1.0.dist-info").appending(name)), as: UTF8.self)
  }
}
