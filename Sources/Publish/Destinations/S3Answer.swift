import FoundationEssentials

/// What a store says in XML: elements by name, without attributes and name spaces.
///
/// Only what S3's answers consist of is understood; anything else is text that is passed over.
struct S3Answer {
  private let text: Substring

  init(_ bytes: [UInt8]) { text = Substring(String(decoding: bytes, as: UTF8.self)) }

  private init(_ text: Substring) { self.text = text }

  /// The content of every element of this name, in the order of the document; elements of one name don't nest.
  func all(_ name: String) -> [S3Answer] {
    var found: [S3Answer] = []
    var rest = text
    while let start = rest.firstRange(of: "<\(name)") {
      rest = rest[start.upperBound...]
      guard let first = rest.first, first == ">" || first == "/" || first.isWhitespace,
        let close = rest.firstIndex(of: ">")
      else { continue }
      let isEmpty = rest[..<close].hasSuffix("/")
      rest = rest[rest.index(after: close)...]
      if isEmpty {
        found.append(S3Answer(""))
        continue
      }
      guard let end = rest.firstRange(of: "</\(name)>") else { break }
      found.append(S3Answer(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return found
  }

  /// The text of the first element of this name.
  subscript(name: String) -> String? { all(name).first?.content }

  private var content: String {
    let entities = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&apos;", "'"), ("&#39;", "'"),
      ("&amp;", "&"),
    ]
    return entities.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
  }
}

/// A time as S3 writes it, `2026-11-21T15:42:50.000Z`, in seconds since 1970; nil when it is something else.
func seconds(ofISO8601 text: String) -> Int64? {
  let whole = "\(text.prefix { $0 != "." && $0 != "Z" })Z"
  guard let date = try? Date(whole, strategy: .iso8601) else { return nil }
  return Int64(date.timeIntervalSince1970)
}
