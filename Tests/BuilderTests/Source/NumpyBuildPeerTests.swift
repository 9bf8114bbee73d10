import Binaries
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

/// Sources that are compiled against numpy, which comes from the package index for both platforms.
@Suite("Packages that need numpy's headers", .enabled(if: ForeignScene.isPossible), .serialized)
struct NumpyBuildPeerTests {
  @Test(
    "setuptools, Cython, CMake and Meson find the headers of numpy for Windows",
    arguments: NumpyScene.allCases)
  func windows(_ backend: NumpyScene) async throws {
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(backend.source)
      try await foreign.built { place, module in
        let seen = try NumpyScene.words(of: place.appending(module))
        #expect(seen == "long 4, long double 8")
        guard case .pe(let file) = try NativeFile.inspect(place.appending(module)) else {
          Issue.record("no PE file")
          return
        }
        #expect(file.machine == .x64 && file.imports.contains("python311.dll"))
      }
    }
  }

  @Test(
    "setuptools, Cython, CMake and Meson find the headers of numpy for macOS", arguments: NumpyScene.allCases,
    [Platform.macOSAArch64, .macOSX64])
  func mac(_ backend: NumpyScene, _ platform: Platform) async throws {
    try await ForeignScene.with(platform) { foreign in
      try foreign.lock(backend.source)
      try await foreign.built { place, module in
        let words = platform == .macOSX64 ? "long 8, long double 16" : "long 8, long double 8"
        let seen = try NumpyScene.words(of: place.appending(module))
        #expect(seen == words)
        guard case .machO(let images) = try NativeFile.inspect(place.appending(module)) else {
          Issue.record("no Mach-O file")
          return
        }
        #expect(images.map(\.machine) == [Machine(platform)])
      }
    }
  }

  @Test(
    "what is compiled against numpy for linux-aarch64 works with numpy there", arguments: NumpyScene.allCases)
  func arm(_ backend: NumpyScene) async throws {
    try await SourceScene.with { scene in
      try await scene.withWheelForARM(of: backend.source) { directory in
        let answer = try await NumpyScene.answer(in: directory, minorVersion: scene.minorVersion)
        #expect(answer == "42\n")
      }
    }
  }

  @Test("hdbscan's modules are compiled for Windows")
  func hdbscan() async throws {
    let file = LockedFile(
      name: "hdbscan-0.8.44.tar.gz",
      url:
        "https://files.pythonhosted.org/packages/b0/51/b476849d27980d1ce5ba0a172891d37441b0112047894350951f6b169266/hdbscan-0.8.44.tar.gz",
      digest: try Digest(parsing: "1ac6196fabdd42072284b60c9be7b9b504b5f4f25cf7a551a8af29a3c7963a4d"))
    let package = LockedPackage(
      name: try PackageName(parsing: "hdbscan"), version: "0.8.44", source: .sourceDistribution(file))
    try await ForeignScene.with(.windowsX64) { foreign in
      try foreign.lock(package)
      try await foreign.builtFiles { place in
        let folder = place.appending("hdbscan")
        let modules = try listDirectory(folder).filter { $0.hasSuffix(".cp311-win_amd64.pyd") }
        #expect(modules.count == 6)
        for module in modules {
          guard case .pe(let file) = try NativeFile.inspect(folder.appending(module)) else {
            Issue.record("no PE file")
            continue
          }
          let others = file.imports.filter { !WindowsLibraries.contains($0) }
          #expect(file.machine == .x64 && others == ["python311.dll"])
        }
      }
    }
  }
}
