import Artifacts
import Layers
import Model
import SystemPackage
import TestSupport
import Testing

/// What others make of our archives; each test needs its tool and is left out where that is not installed.
@Suite struct InteroperabilityTests {
  static let long = "d/" + String(repeating: "long-name-", count: 12) + "/file.txt"
  static let veryLong = (0..<12).map { _ in "directory-with-a-long-name" }.joined(separator: "/") + "/x.py"
  static let longName = String(repeating: "n", count: 200) + ".txt"

  /// A bundle of two layers with everything that is hard in a name or a kind.
  private func withBundles(_ body: (_ tar: String, _ zip: String, _ directory: FilePath) throws -> Void)
    async throws
  {
    try await Scratch.with { scratch in
      let key = LayerKey(kind: "interoperability", version: 1, fields: [])
      let first = try await scratch.store.make(key, level: 3) { writer, _ in
        try writer.addFile("bin/tool", bytes: Array("#!/bin/sh\n".utf8), executable: true)
        try writer.addFile("ünï/日本語.txt", bytes: Array("x".utf8))
        try writer.addFile(Self.long, bytes: Array("long".utf8))
        try writer.addFile(Self.veryLong, bytes: Array("very long".utf8))
        try writer.addFile(Self.longName, bytes: Array("name".utf8))
        try writer.addFile("empty", bytes: [])
        try writer.addFile("block", bytes: [UInt8](repeating: 7, count: 1024))
        try writer.addSymlink("bin/link", target: "tool")
        try writer.addSymlink("bin/längst", target: "../" + Self.veryLong)
        try writer.addDirectory("nothing/inside")
      }
      let second = try await scratch.layer(["last.txt": "the last"])
      let layers = [first, second].map { BundleLayer(name: "\($0.digest)", kind: "wheel", layer: $0) }
      let tar = scratch.directory.appending("bundle.tar.zst")
      let zip = scratch.directory.appending("bundle.zip")
      _ = try await writeBundle(layers, metadata: [:], store: scratch.store, to: tar)
      _ = try await writeZipBundle(layers, store: scratch.store, to: zip)
      try body("'\(tar)'", "'\(zip)'", scratch.directory)
    }
  }

  static let paths = [
    "bin/tool", "ünï/日本語.txt", long, veryLong, longName, "empty", "block", "bin/link", "bin/längst",
    "nothing/inside/", "last.txt",
  ]

  /// Lists what a command prints, which must be exactly our paths.
  private func expectListing(_ command: String) throws {
    let (status, output) = try shell(command)
    #expect(status == 0, "\(output)")
    #expect(output.split(separator: "\n").map { $0 } == Self.paths.map { $0[...] })
  }

  /// Compares a tree that a tool unpacked with what was put in.
  private func expectTree(_ command: String, in directory: FilePath) throws {
    let tree = directory.appending("unpacked")
    try removeTree(tree)
    try makeDirectory(tree)
    let (status, output) = try shell("cd '\(tree)' && umask 022 && \(command)")
    #expect(status == 0, "\(output)")
    #expect(try readFile(tree.appending("ünï/日本語.txt")) == [0x78])
    #expect(try readFile(tree.appending("bin/längst")) == Array("very long".utf8))
    #expect(try readFile(tree.appending("block")).count == 1024)
    let check = try shell(
      "cd '\(tree)' && test -x bin/tool && ! test -x empty && ! test -s empty && test -d nothing/inside "
        + "&& test \"$(readlink bin/link)\" = tool && cat last.txt '\(Self.long)' '\(Self.longName)'")
    #expect(check.status == 0 && check.output == "the lastlongname", "\(check.output)")
  }

  @Test("GNU tar lists and unpacks a bundle", .enabled(if: isInstalled("tar") && isInstalled("zstd")))
  func gnuTar() async throws {
    try await withBundles { tar, _, directory in
      try expectListing("tar --zstd --quoting-style=literal -tf \(tar)")
      try expectTree("tar --zstd -xf \(tar)", in: directory)
    }
  }

  @Test("names of every length around ustar's limits are read back", .enabled(if: isInstalled("bsdtar")))
  func lengths() async throws {
    try await Scratch.with { scratch in
      let names = (90...270).map { length in
        let parts = (0..<length / 61).map { "\($0)" + String(repeating: "p", count: 59) }
        let start = parts.map { $0 + "/" }.joined() + "\(length)-"
        return start + String(repeating: "n", count: max(1, length - start.utf8.count))
      }
      let layer = try await scratch.store.make(
        LayerKey(kind: "lengths", version: 1, fields: []), level: 3, isCaseSensitive: true
      ) { writer, _ in
        for name in names { try writer.addFile(name, bytes: []) }
        for name in names { try writer.addDirectory("d" + name) }
        for name in names {
          try writer.addSymlink("s" + name, target: name.split(separator: "/").last.map { "\($0)" } ?? "")
        }
      }
      let path = scratch.directory.appending("bundle")
      _ = try await writeBundle(
        [BundleLayer(name: "x", kind: "x", layer: layer)], metadata: [:], store: scratch.store, to: path)
      let expected = names + names.map { "d\($0)/" } + names.map { "s\($0)" }
      for tool in ["bsdtar -tf", "tar --zstd -tf"] {
        let output = try shell("\(tool) '\(path)'").output
        #expect(output.split(separator: "\n").map { String($0) } == expected)
      }
    }
  }

  @Test("bsdtar lists and unpacks a bundle and a zip bundle", .enabled(if: isInstalled("bsdtar")))
  func bsdTar() async throws {
    try await withBundles { tar, zip, directory in
      try expectListing("bsdtar -tf \(tar)")
      try expectTree("bsdtar -xf \(tar)", in: directory)
      try expectTree("bsdtar -xf \(zip)", in: directory)
    }
  }

  @Test("zstd finds every frame of a bundle whole, with size and checksum", .enabled(if: isInstalled("zstd")))
  func zstd() async throws {
    try await withBundles { tar, _, _ in
      #expect(try shell("zstd -tq \(tar)").status == 0)
      let listing = try shell("zstd -lv \(tar)").output
      #expect(listing.contains("Check: XXH64"), "\(listing)")
    }
  }

  @Test("Python's tarfile reads a bundle", .enabled(if: isInstalled("python3") && isInstalled("zstd")))
  func pythonTar() async throws {
    try await withBundles { tar, _, directory in
      try expectListing(
        "zstd -dc \(tar) | python3 -X utf8 -c 'import sys, tarfile\n"
          + "for m in tarfile.open(fileobj=sys.stdin.buffer, mode=\"r|\"): "
          + "print(m.name + \"/\" * m.isdir()); assert (m.mtime, m.uid, m.gid, m.uname) == (0, 0, 0, \"\")'")
    }
  }

  @Test(
    "unzip and Python's zipfile read a zip bundle",
    .enabled(if: isInstalled("unzip") && isInstalled("python3")))
  func zip() async throws {
    try await withBundles { _, zip, directory in
      #expect(try shell("unzip -tq \(zip)").status == 0)
      try expectTree("unzip -q \(zip)", in: directory)
      try expectListing(
        "python3 -X utf8 -c 'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n"
          + "for i in z.infolist(): print(i.filename); assert i.date_time == (1980, 1, 1, 0, 0, 0)' \(zip)")
    }
  }

  @Test("we unpack our own bundles, both kinds")
  func ourselves() async throws {
    try await withBundles { _, _, directory in
      for name in ["bundle.tar.zst", "bundle.zip"] {
        try unpackBundle(at: directory.appending(name), into: directory.appending("own"))
        try expectTree("cp -R ../own/. .", in: directory)
        try removeTree(directory.appending("own"))
      }
    }
  }

  @Test("what GNU tar and bsdtar write is read", arguments: ["gnu", "pax", "v7", "zip"])
  func theirs(_ format: String) async throws {
    guard isInstalled("bsdtar"), isInstalled("tar") else { return }
    try await Scratch.with { scratch in
      let name = format == "v7" ? "plain" : "ünï"
      let source = scratch.directory.appending("source")
      try makeDirectory(source)
      try writeAtomically(Array("x".utf8), to: source.appending(name))
      let archive = scratch.directory.appending("archive")
      let command =
        format == "zip"
        ? "cd '\(source)' && bsdtar --format zip -cf '\(archive)' ."
        : "tar --format \(format) -C '\(source)' -cf '\(archive)' ."
      #expect(try shell(command).status == 0)
      let found = try await scratch.read(readFile(archive))
      #expect(try found.compactMap { try $0.0.relativePath() } == [name])
    }
  }
}
