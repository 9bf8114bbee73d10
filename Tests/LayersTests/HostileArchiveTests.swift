import Layers
import Model
import SystemPackage
import TestSupport
import Testing

@Suite struct HostileArchiveTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let entry: String
    let bytes: [UInt8]

    init(_ description: String, entry: String, _ build: (inout TarMaker) -> Void) {
      var tar = TarMaker()
      build(&tar)
      (testDescription, self.entry, bytes) = (description, entry, tar.bytes)
    }
  }

  static let attacks = [
    Attack("a name with ..", entry: "../evil") { $0.addFile("../evil", "x") },
    Attack("a name with .. in the middle", entry: "a/../../evil") { $0.addFile("a/../../evil", "x") },
    Attack("an absolute name", entry: "/tmp/evil") { $0.addFile("/tmp/evil", "x") },
    Attack("a name with a backslash", entry: #"a\..\evil"#) { $0.addFile(#"a\..\evil"#, "x") },
    Attack("an absolute link", entry: "link") { $0.addSymlink("link", target: "/etc") },
    Attack("a link out", entry: "a/link") { $0.addSymlink("a/link", target: "../../etc") },
    Attack("a link out behind another link", entry: "p/q/e") {
      $0.addSymlink("p/q/d", target: "../../r")
      $0.addSymlink("p/q/e", target: "d/../..")
    },
    Attack("a file through a link", entry: "link/x") {
      $0.addSymlink("link", target: "real")
      $0.addFile("link/x", "x")
    },
    Attack("a file below a file", entry: "file/x") {
      $0.addFile("file", "x")
      $0.addFile("file/x", "x")
    },
    Attack("a file twice", entry: "twice") {
      $0.addFile("twice", "a")
      $0.addFile("twice", "b")
    },
    Attack("a file over a link", entry: "link") {
      $0.addSymlink("link", target: "real")
      $0.addFile("link", "b")
    },
    Attack("a hard link to what is not in the archive", entry: "hard") {
      $0.addHardlink("hard", target: "passwd")
    },
    Attack("a hard link out", entry: "../../etc/passwd") {
      $0.addHardlink("hard", target: "../../etc/passwd")
    },
    Attack("a device", entry: "null") { $0.add("null", type: "3", mode: 0o666) },
    Attack("a pipe", entry: "pipe") { $0.add("pipe", type: "6", mode: 0o666) },
  ]

  @Test("is refused with the entry named, and nothing appears outside", arguments: attacks)
  func refused(_ attack: Attack) async throws {
    try await Scratch.with { scratch in
      let error = await #expect(throws: LayersError.self) { try await scratch.extract(attack.bytes) }
      #expect(error.map { "\($0)".contains("'\(attack.entry)'") } == true, "\(String(describing: error))")
      let outside = try listDirectory(scratch.directory).filter { $0 != "cache" && $0 != "tree" }
      #expect(outside.isEmpty)
    }
  }

  @Test("a link that is already in the directory is not followed")
  func existingLink() async throws {
    try await Scratch.with { scratch in
      let outside = scratch.directory.appending("outside")
      try makeDirectory(outside)
      try makeDirectory(scratch.tree)
      #expect(try shell("ln -s '\(outside)' '\(scratch.tree)/lib'").status == 0)
      var tar = TarMaker()
      tar.addFile("lib/evil", "x")
      await #expect(throws: FileError.self) { try await scratch.extract(tar.bytes) }
      #expect(try listDirectory(outside).isEmpty)
    }
  }

  @Test("an archive that unpacks to too many bytes or entries is refused")
  func bombs() async throws {
    var tar = TarMaker()
    for index in 0..<20 { tar.addFile("f\(index)", String(repeating: "x", count: 1000)) }
    let bytes = tar.bytes
    try await Scratch.with { scratch in
      let byBytes = ArchiveLimits(entries: 100, bytes: 10_000)
      let byEntries = ArchiveLimits(entries: 10, bytes: 100_000)
      for limits in [byBytes, byEntries] {
        try removeTree(scratch.tree)
        await #expect(throws: LayersError.self) { try await scratch.extract(bytes, limits: limits) }
      }
    }
  }

  @Test("an archive cut off anywhere in its data is an error", arguments: [1, 100, 511, 700, 1500])
  func truncated(_ count: Int) async throws {
    var tar = TarMaker()
    tar.addFile("a", String(repeating: "x", count: 1200))
    var zip = ZipMaker()
    zip.addFile("a", String(repeating: "x", count: 1200))
    let archives = [
      Array(tar.bytes.prefix(count)), Array(zip.bytes.prefix(min(count, zip.bytes.count - 30))),
    ]
    try await Scratch.with { scratch in
      for bytes in archives {
        await #expect(throws: LayersError.self, "\(bytes.count) bytes") { _ = try await scratch.read(bytes) }
      }
    }
  }

  @Test("a zip member whose checksum or size lies is an error")
  func lies() async throws {
    var checksum = ZipMaker()
    checksum.add(name: Array("a".utf8), content: Array("text".utf8), mode: 0o100644, checksum: 1)
    var size = ZipMaker()
    size.add(name: Array("a".utf8), content: Array("text".utf8), mode: 0o100644, declaredSize: 0x7FFF_FFFF)
    var tar = TarMaker()
    tar.add("a", type: "0", content: Array("text".utf8), mode: 0o644, declaredSize: 8_589_934_591)
    for bytes in [checksum.bytes, size.bytes, tar.bytes] {
      try await Scratch.with { scratch in
        await #expect(throws: LayersError.self) { _ = try await scratch.read(bytes) }
      }
    }
  }

  @Test("a name that is not UTF-8 is refused")
  func notUnicode() async throws {
    var zip = ZipMaker()
    zip.add(name: [0x61, 0xFF, 0xFE], content: [], mode: 0o100644)
    let bytes = zip.bytes
    try await Scratch.with { scratch in
      await #expect(throws: LayersError.self) { _ = try await scratch.read(bytes) }
    }
  }

  @Test("what is no archive is refused", arguments: ["", "not an archive", "!<arch>\nshort", "PK\u{3}\u{4}"])
  func noArchive(_ text: String) async throws {
    try await Scratch.with { scratch in
      await #expect(throws: LayersError.self) { _ = try await scratch.read(Array(text.utf8)) }
    }
  }
}
