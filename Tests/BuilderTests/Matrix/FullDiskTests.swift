import Artifacts
import Catalogue
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import Builder

#if canImport(Glibc)
import Glibc
#endif

/// A file system of its own over a directory, where the machine lets tests mount one.
struct Mount {
  let path: FilePath

  /// Whether the tests may mount.
  static let isAllowed: Bool = {
    let directory = "/tmp/ppp-mount-\(UInt32.random(in: 0 ... .max))"
    defer { rmdir(directory) }
    return mkdir(directory, 0o755) == 0 && mount("tmpfs", directory, "tmpfs", 0, "size=4k") == 0
      && umount2(directory, Int32(MNT_DETACH)) == 0
  }()

  /// Mounts over `path` a file system of so many kilobytes, for as long as the body takes.
  static func with(_ kilobytes: Int, at path: FilePath, _ body: (Mount) async throws -> Void) async throws {
    try makeDirectory(path)
    guard mount("tmpfs", path.string, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      throw FileError(verb: "mount at", path: path, cause: Errno(rawValue: errno))
    }
    defer { umount2(path.string, Int32(MNT_DETACH)) }
    try await body(Mount(path: path))
  }

  func makeReadOnly() {
    #expect(mount("tmpfs", path.string, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
  }
}

@Suite("Disks that are full or read-only", .enabled(if: Mount.isAllowed)) struct FullDiskTests {
  private let file = "dist/python-3.13.5/python-3.13.5-linux-x64.tar.zst"

  /// A wheel that no compression makes small.
  private func large(_ version: String) -> WheelMaker {
    var maker = wheel("alpha", version)
    maker.files["alpha/noise.bin"] = (0..<1_000_000).map { _ in UInt8.random(in: 0...255) }
    return maker
  }

  private func buildLinux(_ scene: MatrixScene) async throws -> String {
    try await scene.build("python-3.13.5@linux-x64").endings[MatrixScene.cell] ?? "nothing"
  }

  @Test("a full dist keeps the former bundle whole, and the error names the place")
  func fullDist() async throws {
    try await MatrixScene.with { scene in
      try await Mount.with(200, at: scene.path("dist")) { _ in
        try scene.lock([scene.serve(wheel("alpha", "1.0"))])
        #expect(try await buildLinux(scene) == "built")
        let before = try scene.times().filter { $0.key.contains("3.13.5-linux") }
        try scene.lock([scene.serve(large("1.1"))])
        let problem = try await buildLinux(scene)
        #expect(problem.contains("/\(file)") && problem.contains("No space left"), "\(problem)")
        #expect(try scene.times().filter { $0.key.contains("3.13.5-linux") } == before)
        #expect(try scene.tree("dist").count == 4)
        #expect(try await scene.record()?.packages.first?.version == "1.0")
      }
    }
  }

  @Test("a full cache fails the cell, names the cache, and the next run with more room completes")
  func fullCache() async throws {
    try await MatrixScene.with { scene in
      try scene.lock([scene.serve(large("1.0"))])
      try await Mount.with(1500, at: scene.cache) { _ in
        let problem = try await buildLinux(scene)
        #expect(problem.contains("\(scene.cache)/") && problem.contains("No space left"), "\(problem)")
        #expect(!scene.exists(file) && !scene.exists("dist/catalogue.json"))
      }
      #expect(try await buildLinux(scene) == "built")
    }
  }

  @Test("a read-only dist is named")
  func readOnlyDist() async throws {
    try await MatrixScene.with { scene in
      try await Mount.with(200, at: scene.path("dist")) { disk in
        try scene.lock([scene.serve(wheel("alpha", "1.0"))])
        #expect(try await buildLinux(scene) == "built")
        disk.makeReadOnly()
        try scene.lock([scene.serve(wheel("alpha", "1.1"))])
        let problem = try await buildLinux(scene)
        #expect(problem.contains("/\(file)") && problem.contains("Read-only"), "\(problem)")
        #expect(try await scene.record()?.packages.first?.version == "1.0")
      }
    }
  }

  @Test("a read-only cache serves what is in it, and is named when something has to come in")
  func readOnlyCache() async throws {
    try await MatrixScene.with { scene in
      try await Mount.with(4000, at: scene.cache) { disk in
        try scene.lock([scene.serve(wheel("alpha", "1.0"))])
        #expect(try await buildLinux(scene) == "built")
        disk.makeReadOnly()
        try removeTree(scene.path("dist"))
        #expect(try await buildLinux(scene) == "built")
        try scene.lock([scene.serve(wheel("alpha", "1.1"))])
        let problem = try await buildLinux(scene)
        #expect(problem.contains("\(scene.cache)") && problem.contains("Read-only"), "\(problem)")
      }
    }
  }
}
