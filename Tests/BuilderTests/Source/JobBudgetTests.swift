import Model
import SystemPackage
import TestSupport
import Testing

@testable import Builder

@Suite("Processors that builds may use", .enabled(if: SourceScene.python != nil)) struct JobBudgetTests {
  /// A source whose backend, of that name, says what it was told.
  private func source(backend: String) -> [UInt8] {
    let made = wheel("tiny", "1.0")
    let code = """
      import os, shutil

      def build_wheel(folder, config_settings=None, metadata_directory=None):
          names = ("MAKEFLAGS", "CMAKE_BUILD_PARALLEL_LEVEL", "MAX_JOBS", "CARGO_BUILD_JOBS", "NPY_NUM_BUILD_JOBS")
          print("told", *(os.environ[name] for name in names))
          return os.path.basename(shutil.copy("prebuilt", os.path.join(folder, "\(made.fileName)")))

      """
    var tar = TarMaker()
    tar.addFile("tiny-1.0/PKG-INFO", "Metadata-Version: 2.2\nName: tiny\nVersion: 1.0\n")
    tar.addFile(
      "tiny-1.0/pyproject.toml",
      "[build-system]\nrequires = []\nbuild-backend = \"\(backend)\"\nbackend-path = [\".\"]\n")
    tar.addFile("tiny-1.0/\(backend).py", code)
    tar.addFile("tiny-1.0/prebuilt", made.bytes)
    return tar.bytes
  }

  @Test(
    "a backend that compiles side by side is told of all that are free, in every tool's words; others of one",
    arguments: [("skbuild_tiny", "told -j2 2 2 2 2\n"), ("backend", "told -j1 1 1 1 1\n")])
  func told(backend: String, expected: String) async throws {
    try await SourceScene.with { scene in
      try scene.lock(source(backend: backend))
      #expect(try await scene.build().endings == [scene.cell: "built"])
      #expect(try scene.matrix.text(scene.logFile).contains(expected))
    }
  }

  @Test("it is told of what is left where something else is at work")
  func shared() async throws {
    try await SourceScene.with { scene in
      try scene.lock(source(backend: "skbuild_tiny"))
      let bench = try scene.matrix.bench(searchPath: SourceScene.python?.searchPath ?? "")
      let plan = try await bench.planner().plan(Selection(patterns: [scene.cell]))
      let endings = try await bench.processors.withSlot { try await MatrixBuild(bench).run(plan).endings }
      #expect(endings == [scene.cell: "built"])
      #expect(try scene.matrix.text(scene.logFile).contains("told -j1 1 1 1 1\n"))
    }
  }

  @Test("a source that knows nothing of CMake compiles side by side when a recipe has it built with CMake")
  func required() throws {
    let system = try BuildSystem(projectFile: [])
    #expect(!system.isParallel(requiring: system.requires))
    #expect(system.isParallel(requiring: ["setuptools<81", "CMake>=3.26"]))
  }
}
