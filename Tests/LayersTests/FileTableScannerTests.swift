import Artifacts
import Model
import Testing

@testable import Layers

@Suite("Reading file tables")
struct FileTableScannerTests {
  private let entries = [
    LayerEntry(path: "bin/é", kind: .file(size: 10, digest: .sha256(of: "x"), isExecutable: true)),
    LayerEntry(path: "a b/{},:[]", kind: .file(size: 0, digest: .sha256(of: ""), isExecutable: false)),
    LayerEntry(path: "bin/link", kind: .symlink(target: "../a b")),
    LayerEntry(path: "empty", kind: .directory),
  ]

  private func json(_ entries: [LayerEntry]) throws -> [UInt8] {
    try #require(FileTable.json(in: try FileTable(entries: entries).frame(behind: 0)))
  }

  private func scanned(_ json: [UInt8]) -> [LayerEntry]? {
    json.withUnsafeBytes { FileTableScanner.entries(in: $0, version: 1) }
  }

  @Test("tables as they are written are scanned; other forms of the same are decoded")
  func forms() throws {
    #expect(scanned(try json(entries)) == entries)
    #expect(scanned(try json([])) == [])
    let text = String(decoding: try json(entries), as: UTF8.self)
    for other in [text.replacing(",", with: ", "), text.replacing("é", with: "\\u00e9"), text + "\n"] {
      #expect(scanned(Array(other.utf8)) == nil)
      let frame = try FileTable.frame(of: Array(other.utf8), behind: 0)
      #expect(FileTable(frame: frame)?.entries.map(\.kind) == entries.map(\.kind))
    }
    let quoted = [LayerEntry(path: "a\"b", kind: .directory)]
    #expect(scanned(try json(quoted)) == nil)
    #expect(FileTable(frame: try FileTable(entries: quoted).frame(behind: 0))?.entries == quoted)
  }

  @Test("what no layer may have is refused, in whatever form")
  func hostile() throws {
    let text = String(decoding: try json(entries), as: UTF8.self)
    for (old, new) in [
      ("bin/link", "../link"), ("../a b", "../../a"), ("\"size\":10", "\"size\":-10"),
      ("sha256:", "sha256:zz"), ("\"version\":1", "\"version\":2"), ("empty", "/empty"),
      ("\"size\":10", "\"size\":9999999999999999999"),
      ("reg", "dev"), ("]}", "]"), ("empty", "a/./b"), ("\"empty\"", "\"a\u{0}b\""),
    ] {
      let bytes = Array(text.replacing(old, with: new).utf8)
      #expect(scanned(bytes) == nil, "\(new)")
      #expect(FileTable(frame: try FileTable.frame(of: bytes, behind: 0)) == nil, "\(new)")
    }
    let bytes = try json(entries)
    for count in bytes.indices { #expect(scanned(Array(bytes[..<count])) == nil) }
  }
}
