import Artifacts
import Model
import SystemPackage
import Testing

@testable import Layers

@Suite("Unpacking layers into trees")
struct LayerUnpackingTests {
  private let frame = FrameWriter.frameSize

  /// Bytes that don't repeat within a frame.
  private func bytes(_ count: Int) -> [UInt8] {
    var state: UInt64 = 7
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  /// The layer as it is in the store.
  private func file(_ layer: Layer, _ scratch: Scratch) -> LayerFile {
    LayerFile(verified: layer.digest, path: scratch.store.path(of: layer.digest), size: layer.size)
  }

  /// Unpacks a layer into a new tree on four threads.
  private func unpack(
    _ file: LayerFile, _ scratch: Scratch, only wanted: Set<String>? = nil
  ) async throws -> PlacedLayer {
    let writer = try TreeWriter(at: scratch.tree, isCaseSensitive: true)
    let table = try file.table()
    var layer = try writer.begin(table, earlier: nil, reusing: FileIndex(), Cancellation())
    if let wanted { layer.missing.removeAll { !wanted.contains(table.entries[$0].path) } }
    let unpacking = try LayerUnpacking(layer, from: file, into: writer)
    _ = try await (0..<4).concurrentMap(width: 4) { _ in
      try await blocking { cancellation in while try unpacking.unpackNext(cancellation) {} }
    }
    return try unpacking.finish()
  }

  @Test("files and headers that go on in the next frame are whole")
  func severalFrames() async throws {
    try await Scratch.with { scratch in
      let long = "x/" + String(repeating: "é", count: 90)
      let files: [(String, [UInt8])] = [
        // The long name's header begins one block before the first frame ends.
        ("first", bytes(frame - 1024)), (long, bytes(100)), ("empty", []),
        ("bin/tool", bytes(frame * 2 + 77)), ("last", bytes(3)),
      ]
      let key = LayerKey(kind: "test", version: 1, fields: [])
      let layer = try await scratch.store.make(key, level: 1) { writer, _ in
        for (path, bytes) in files { try writer.addFile(path, bytes: bytes, executable: path == "bin/tool") }
        try writer.addSymlink("bin/link", target: "tool")
        try writer.addDirectory("nothing")
      }
      let placed = try await unpack(file(layer, scratch), scratch)
      #expect(placed.tally.writtenFiles == 5)
      let sizes = placed.stamps.compactMap(\.self).map { Int($0.size) }.sorted()
      #expect(sizes == files.map(\.1.count).sorted())
      for (path, bytes) in files {
        #expect(try readFile(scratch.tree.pushing(FilePath(path))) == bytes, "\(path)")
      }
      #expect(FileStatus(of: scratch.tree.pushing("bin/tool"))?.isExecutable == true)
      #expect(FileStatus(of: scratch.tree.pushing("last"))?.isExecutable == false)
      #expect(try readLink(scratch.tree.pushing("bin/link")) == "tool")
      #expect(FileStatus(of: scratch.tree.pushing("nothing"))?.kind == .directory)
    }
  }

  @Test("only the files that are wanted are written")
  func someFiles() async throws {
    try await Scratch.with { scratch in
      let layer = try await scratch.layer(["a": "1", "b/c": "22", "d": "333"])
      let placed = try await unpack(file(layer, scratch), scratch, only: ["b/c"])
      #expect(placed.tally.writtenFiles == 1 && placed.tally.writtenBytes == 2)
      #expect(try listDirectory(scratch.tree) == ["b"])
    }
  }

  /// A layer with a table and an archive of the caller's choice.
  private func forged(_ entries: [LayerEntry], _ archive: [[UInt8]], _ scratch: Scratch) throws -> LayerFile {
    let segment = try archive.flatMap { try ZstdBlock.compress($0) }
    let bytes = segment + (try FileTable(entries: entries).frame(behind: Int64(segment.count)))
    let path = scratch.directory.appending("forged")
    try writeAtomically(bytes, to: path)
    return LayerFile(verified: .sha256(of: bytes), path: path, size: Int64(bytes.count))
  }

  @Test("an archive that has other headers, or more or less than its table says, is refused")
  func forgeries() async throws {
    func entry(_ path: String, _ text: String, isExecutable: Bool = false) -> LayerEntry {
      let size = Int64(text.utf8.count)
      return LayerEntry(
        path: path, kind: .file(size: size, digest: .sha256(of: text), isExecutable: isExecutable))
    }
    func archived(_ entry: LayerEntry, _ text: String) -> [UInt8] {
      let padding = [UInt8](repeating: 0, count: TarHeader.padding(after: Int64(text.utf8.count)))
      return TarHeader(entry, modificationTime: 5).bytes + Array(text.utf8) + padding
    }
    let listed = entry("x", "text")
    let right = archived(listed, "text")
    let link = LayerEntry(path: "x", kind: .symlink(target: "y"))
    let archives: [[[UInt8]]] = [
      [], [[]], [right + right], [right, right], [Array(right.dropLast())], [right, [0]],
      [archived(entry("y", "text"), "text")], [archived(entry("../x", "text"), "text")],
      [archived(entry("x", "longer"), "longer")], [archived(entry("x", "text", isExecutable: true), "text")],
      [TarHeader(link, modificationTime: 5).bytes + [UInt8](repeating: 0, count: 512)],
      [[UInt8](repeating: 0, count: 1024)],
    ]
    try await Scratch.with { scratch in
      for (number, archive) in archives.enumerated() {
        let file = try forged([listed], archive, scratch)
        await #expect(throws: LayersError.self, "archive \(number)") {
          _ = try await unpack(file, scratch)
        }
        try removeTree(scratch.tree)
      }
      // What the others differ from, in two frames that part it anywhere.
      for place in [1, 511, 512, 514, 516, 1023] {
        let halves = [Array(right[..<place]), Array(right[place...])]
        _ = try await unpack(try forged([listed], halves, scratch), scratch)
        #expect(try readFile(scratch.tree.appending("x")) == Array("text".utf8), "parted at \(place)")
        try removeTree(scratch.tree)
      }
    }
  }

  @Test("damaged frames, and sizes that no layer has, are refused")
  func damage() async throws {
    try await Scratch.with { scratch in
      let text = "text"
      let entry = LayerEntry(
        path: "x", kind: .file(size: 4, digest: .sha256(of: text), isExecutable: false))
      let archive =
        TarHeader(entry, modificationTime: 0).bytes + Array(text.utf8) + [UInt8](repeating: 0, count: 508)
      let frame = try ZstdBlock.compress(archive)
      let table = FileTable(entries: [entry])
      for position in 0..<frame.count {
        var changed = frame
        changed[position] ^= 0x41
        let bytes = changed + (try table.frame(behind: Int64(frame.count)))
        let path = scratch.directory.appending("damaged")
        try writeAtomically(bytes, to: path)
        let file = LayerFile(verified: .sha256(of: bytes), path: path, size: Int64(bytes.count))
        // A change that leaves the frame readable gives other text, or is none.
        try? await { _ = try await unpack(file, scratch) }()
        try removeTree(scratch.tree)
      }
      for size in [Int64.max, 1 << 40] {
        let huge = LayerEntry(
          path: "x", kind: .file(size: size, digest: .sha256(of: text), isExecutable: false))
        let file = try forged([huge], [archive], scratch)
        await #expect(throws: LayersError.self) { _ = try await unpack(file, scratch) }
        try removeTree(scratch.tree)
      }
    }
  }
}
