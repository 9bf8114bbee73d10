import FoundationEssentials
import Model
import Processes
import SystemPackage
import TestSupport
import Testing

@testable import ppp

/// What `ppp publish` keeps in registries and package indexes, held to the programs that people read those with.
@Suite(
  "Registries and package indexes of others", .enabled(if: Peers.areWanted, Comment(rawValue: Peers.why)),
  .enabled(if: RealTools.arePresent, Comment(rawValue: RealTools.why)))
struct RegistryPeerTests {
  @Test("skopeo reads the images of a registry, and ppp pulls from it what it sent once")
  func registry() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      try await Peers.serving(scene.dockerRegistry()) { port in
        let place = "oci+http://127.0.0.1:\(port)/team/environments?base=none"
        let first = try await scene.run("publish", place)
        #expect(first.status == 0, "\(first)")
        let second = try await scene.run("publish", place)
        #expect(second.output.hasPrefix("0 files (0 B) sent, 3 unchanged"), "\(second)")

        let image = "docker://127.0.0.1:\(port)/team/environments:python-3.13.5-one"
        let inspected = try await Peers.run(
          "skopeo", ["inspect", "--raw", "--tls-verify=false", image], in: scene.directory)
        #expect(inspected.text.contains("application/vnd.oci.image.index.v1+json"))
        let copy = scene.directory.appending("copy")
        try await Peers.run(
          "skopeo", ["copy", "--quiet", "--src-tls-verify=false", "\(image)-linux-x64", "oci:\(copy):one"],
          in: scene.directory)
        #expect(FileStatus(of: copy.appending("index.json")) != nil)

        var elsewhere = scene
        elsewhere.environment["PPP_CACHE_DIR"] = scene.directory.appending("other cache").string
        let pulled = try await elsewhere.run(
          "pull", "python-3.13.5-one", "--platform", "linux-x64", "--from", place, "--into", "tree")
        #expect(pulled.status == 0, "\(pulled)")
        #expect(scene.has("tree/current/lib/python3.13/site-packages/alpha/__init__.py"))
      }
    }
  }

  @Test("pip and uv install from a static index, without a network")
  func staticIndex() async throws {
    try await Scene.locking { scene, _ in
      try await scene.built()
      let index = scene.directory.appending("wheels")
      let ending = try await scene.run("publish", "index://\(index)")
      #expect(ending.status == 0, "\(ending)")
      try await Peers.serving({ port in
        Peers.command(
          "python3", ["-m", "http.server", "--bind", "127.0.0.1", "\(port)", "--directory", index.string],
          in: scene.directory)
      }) { port in
        let url = "http://127.0.0.1:\(port)/"
        let options = ["--index-url", url, "--target", "by pip", "--no-deps", "--no-cache-dir"]
        try await Peers.run("pip", ["install", "--quiet"] + options + ["alpha"], in: scene.directory)
        #expect(FileStatus(of: scene.directory.appending("by pip/alpha/data.txt")) != nil)
        try await Peers.run(
          "uv",
          ["pip", "install", "--quiet", "--no-cache", "--index-url", url, "--target", "by uv", "alpha"],
          in: scene.directory)
        #expect(FileStatus(of: scene.directory.appending("by uv/beta/__init__.py")) != nil)
      }
    }
  }

  @Test("pypi-server takes the wheels that were made here, once, and pip and uv install them")
  func uploads() async throws {
    let module = ModuleFiles.sales.at("modules/sales").merging([
      "modules/sales/config.json": #"{"runenvs": ["*-one"], "platforms": ["linux-x64"]}"#
    ]) { $1 }
    let wheels = Scene.standardWheels + [wheel("six", "1.17")]
    try await Scene.locking(wheels, Scene.standardFiles.merging(module) { $1 }) { scene, _ in
      try await scene.built()
      let packages = scene.directory.appending("packages")
      try makeDirectory(packages)
      try await Peers.serving({ port in
        Peers.command(
          "pypi-server",
          [
            "run", "-i", "127.0.0.1", "-p", "\(port)", "--disable-fallback", "-P", ".", "-a", ".",
            packages.string,
          ], in: scene.directory)
      }) { port in
        let url = "127.0.0.1:\(port)"
        let place = "pypi+http://\(url)/?simple=http://\(url)/simple"
        let first = try await scene.run("publish", place)
        #expect(first.status == 0, "\(first)")
        #expect(try listDirectory(packages) == ["sales-1.0.0-py3-none-any.whl"])
        let second = try await scene.run("publish", place)
        #expect(second.status == 0, "\(second)")
        try await Peers.run(
          "pip",
          [
            "install", "--quiet", "--no-deps", "--no-cache-dir", "--index-url", "http://\(url)/simple",
            "--target", "by pip", "sales",
          ], in: scene.directory)
        #expect(FileStatus(of: scene.directory.appending("by pip/sales/cli.py")) != nil)
        try await Peers.run(
          "uv",
          [
            "pip", "install", "--quiet", "--no-deps", "--no-cache", "--index-url", "http://\(url)/simple",
            "--target", "by uv", "sales",
          ], in: scene.directory)
        #expect(FileStatus(of: scene.directory.appending("by uv/sales/cli.py")) != nil)
      }
    }
  }
}
