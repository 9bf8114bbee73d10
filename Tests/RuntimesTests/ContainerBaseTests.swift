import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@testable import Runtimes

@Suite("What lies below an environment in a container")
struct ContainerBaseTests {
  @Test("the first Debian is taken whose C library is new enough")
  func suites() {
    #expect(ContainerBase.suite(for: nil) == "bookworm")
    #expect(ContainerBase.suite(for: PlatformFloor(2, 28)) == "bookworm")
    #expect(ContainerBase.suite(for: PlatformFloor(2, 36)) == "bookworm")
    #expect(ContainerBase.suite(for: PlatformFloor(2, 39)) == "trixie")
  }

  @Test(
    "libraries, shell and certificates lie where programs look for them, in no directory that is a link",
    arguments: [
      (Platform.linuxX64, "lib/x86_64-linux-gnu", "lib64/ld-linux-x86-64.so.2"),
      (.linuxAArch64, "lib/aarch64-linux-gnu", "lib/ld-linux-aarch64.so.1"),
    ])
  func layout(platform: Platform, libraries: String, loader: String) async throws {
    let architecture = try #require(DebianArchitecture(platform))
    let triplet = architecture.triplet
    var tar = TarMaker()
    tar.addFile("./usr/lib/\(triplet)/libc.so.6", Array("c".utf8))
    tar.addFile("./lib/\(triplet)/libz.so.1.2", Array("z".utf8))
    tar.addSymlink("./lib/\(triplet)/libz.so.1", target: "libz.so.1.2")
    tar.addFile("./usr/lib/\(triplet)/gconv/X.so", Array("x".utf8))
    tar.addFile("./bin/busybox", Array("b".utf8), mode: 0o755)
    tar.addFile("./usr/share/ca-certificates/mozilla/B.crt", Array("BBB".utf8))
    tar.addFile("./usr/share/ca-certificates/mozilla/A.crt", Array("AAA".utf8))
    tar.addFile("./usr/share/doc/libc6/copyright", Array("free".utf8))
    tar.addFile("./var/lib/dpkg/status", Array("no".utf8))
    let bytes = tar.bytes
    try await withTemporaryDirectory(in: "/tmp", prefix: "ppp-base-") { directory in
      let artifact = try await ArtifactStore(cache: directory).add(bytes)
      let store = LayerStore(cache: directory)
      let base = ContainerBase(architecture: architecture)
      let layer = try await store.make(base.key([artifact], level: 1), level: 1, isCaseSensitive: true) {
        try base.pack([artifact], into: $0, $1)
      }
      let entries = try store.entries(of: layer)
      let paths = entries.map(\.path)
      for path in [
        "\(libraries)/libc.so.6", "\(libraries)/libz.so.1", "\(libraries)/libz.so.1.2", "bin/busybox",
        "bin/sh",
        "usr/share/doc/libc6/copyright", "etc/passwd", loader,
      ] { #expect(paths.contains(path)) }
      #expect(!paths.contains { $0.contains("gconv") || $0.contains("dpkg") || $0.hasPrefix("usr/lib") })
      let bundle = try #require(entries.first { $0.path == "etc/ssl/certs/ca-certificates.crt" })
      guard case .file(_, let digest, _) = bundle.kind else {
        Issue.record("no certificates")
        return
      }
      #expect(digest == .sha256(of: "AAA\nBBB\n"))
    }
  }
}
