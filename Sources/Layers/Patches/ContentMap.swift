import Model

/// Where each file of a layer lies in its tar segment, its header included.
struct ContentMap {
  struct Span {
    let path: String
    let start: Int64
    let end: Int64
  }

  let spans: [Span]
  private let byPath: [String: Int]
  private let byLooseName: [String: Int]

  /// - Returns: nil when the segment is not as long as the entries' headers and content are.
  init?(of content: LayerContent) {
    var position: Int64 = 0
    spans = content.entries.map { entry in
      let start = position
      position += entry.tarSize
      return Span(path: entry.path, start: start, end: position)
    }
    guard position == content.segment else { return nil }
    byPath = Dictionary(spans.enumerated().map { ($1.path, $0) }) { first, _ in first }
    byLooseName = Dictionary(spans.enumerated().map { (Self.looseName($1.path), $0) }) { first, _ in first }
  }

  /// The file that a file of another version most likely was.
  func counterpart(of path: String) -> Span? {
    (byPath[path] ?? byLooseName[Self.looseName(path)]).map { spans[$0] }
  }

  /// How many of these are in it by the same name.
  func countOfShared(with other: ContentMap) -> Int { spans.count { other.byPath[$0.path] != nil } }

  /// The name without what changes with a version: digits, and the digests in libraries' names.
  private static func looseName(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.split { !$0.isLetter }.filter { word in
        word.count < 6 || !word.allSatisfy { $0.isHexDigit }
      }.joined(separator: " ")
    }.joined(separator: "/")
  }
}
