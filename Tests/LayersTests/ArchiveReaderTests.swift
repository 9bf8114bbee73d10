import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@Suite struct ArchiveReaderTests {
  @Test("zip entries come with mode, kind, size and UTF-8 name")
  func zip() async throws {
    var zip = ZipMaker()
    zip.addFile("bin/tööl", "#!/bin/sh\n", mode: 0o755)
    zip.addDirectory("empty")
    zip.addSymlink("bin/link", target: "tööl")
    let found = try await Scratch.with { try await $0.read(zip.bytes) }
    #expect(found.map(\.0.path) == ["bin/tööl", "empty/", "bin/link"])
    #expect(found.map(\.0.kind) == [.file, .directory, .symlink(target: "tööl")])
    #expect(found[0].0.isExecutable && found[0].0.size == 10 && found[0].1 == "#!/bin/sh\n")
  }

  @Test("the files of a Debian package are read from the tar archive inside it")
  func debian() async throws {
    var tar = TarMaker()
    tar.addDirectory("./usr")
    tar.addFile("./usr/x", "content")
    tar.addHardlink("./usr/y", target: "./usr/x")
    let found = try await Scratch.with { try await $0.read(tar.debianPackage) }
    #expect(found.map(\.0.path) == ["./usr/", "./usr/x", "./usr/y"])
    #expect(found[1].1 == "content")
    #expect(found[2].0.kind == .hardlink(target: "./usr/x"))
    #expect(try found[1].0.relativePath() == "usr/x")
    #expect(try found[1].0.relativePath(strippingComponents: 1) == "x")
    #expect(try found[0].0.relativePath(strippingComponents: 1) == nil)
  }

  @Test("tar archives are read through every compression", arguments: ["gzip", "bzip2", "xz", "zstd", "cat"])
  func compressions(_ tool: String) async throws {
    guard isInstalled(tool) else { return }
    try await Scratch.with { scratch in
      var tar = TarMaker()
      tar.addFile("a/é", String(repeating: "text ", count: 10_000))
      let path = scratch.directory.appending("plain.tar")
      try writeAtomically(tar.bytes, to: path)
      let packed = scratch.directory.appending("packed")
      #expect(try shell("\(tool) < '\(path)' > '\(packed)'").status == 0)
      let found = try await scratch.read(readFile(packed))
      #expect(found.map(\.0.path) == ["a/é"])
      #expect(found[0].1.utf8.count == 50_000)
    }
  }

  @Test("unpacking keeps executable bits, links inside and hard links, and strips components")
  func extraction() async throws {
    try await Scratch.with { scratch in
      var tar = TarMaker()
      tar.addDirectory("python")
      tar.addFile("python/bin/python3.13", "binary", mode: 0o755)
      tar.addSymlink("python/bin/python3", target: "python3.13")
      tar.addSymlink("python/lib/up", target: "../bin")
      tar.addHardlink("python/bin/again", target: "python/bin/python3.13")
      try await scratch.extract(tar.bytes, strippingComponents: 1)
      let status = try shell(
        "cd '\(scratch.tree)' && test -x bin/again && cat bin/python3 lib/up/again && ls -l bin")
      #expect(status.status == 0, "\(status.output)")
      #expect(status.output.hasPrefix("binarybinary"))
    }
  }
}
