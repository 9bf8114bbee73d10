import FoundationEssentials
import Model
import SystemPackage

/// A page in the cache: one line of JSON about it, then its bytes.
struct CachedDocument: Sendable {
  struct Head: Codable, Hashable, Sendable {
    let url: String
    let contentType: String
    let etag: String?
    let lastModified: String?
  }

  struct Content: Hashable, Sendable {
    let head: Head
    let bytes: [UInt8]

    var document: Document { Document(bytes: bytes, contentType: head.contentType, url: head.url) }
  }

  private let path: FilePath

  init(at path: FilePath) { self.path = path }

  /// What is there; nil when nothing is, or nothing that can be understood.
  ///
  /// It blocks.
  func read() throws(FileError) -> Content? {
    guard FileIdentity(at: path) != nil else { return nil }
    let bytes = try readFile(path)
    // A page in another form than today's is fetched anew.
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end]))
    else { return nil }
    return Content(head: head, bytes: Array(bytes[(end + 1)...]))
  }

  /// Replaces what is there.
  ///
  /// It blocks.
  func write(_ content: Content, drafts: FilePath) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let head = try encoder.encode(content.head)
    try makeDirectory(path.removingLastComponent())
    try DraftFile(in: drafts).finish(Array(head) + [UInt8(ascii: "\n")] + content.bytes, at: path)
  }
}
