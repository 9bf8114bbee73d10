import FoundationEssentials
package import Model

/// What there is at a destination: the content of its `index.json`.
package struct PublishedIndex: Hashable, Sendable, Codable {
  /// Raised when a reader of the former version could misunderstand the new one; new fields don't raise it.
  package static let currentSchemaVersion = 1
  package static let fileName = "index.json"
  package static let signatureFileName = "index.json.minisig"
  /// What an index may take, in bytes; a hundred thousand entries need a tenth of it.
  package static let limit: Int64 = 512 << 20

  package let schemaVersion: Int
  /// What the catalogue is called; for people.
  package var name: String
  /// Rises by one with each change.
  package var sequence: Int
  /// When it should no longer be believed, in seconds since 1970; nil for never.
  package var expires: Int64?
  /// Sorted; a cell and a version occur once.
  package private(set) var entries: [PublishedEntry]

  package init(name: String, sequence: Int = 0, expires: Int64? = nil, entries: [PublishedEntry] = []) {
    schemaVersion = Self.currentSchemaVersion
    self.name = name
    self.sequence = sequence
    self.expires = expires
    self.entries = entries.sorted()
  }

  /// Takes an entry in; one of the same cell and version goes.
  package mutating func insert(_ entry: PublishedEntry) {
    entries.removeAll { $0.cell == entry.cell && $0.version == entry.version }
    entries.insert(entry, at: entries.firstIndex { entry < $0 } ?? entries.endIndex)
  }

  package mutating func remove(_ gone: Set<PublishedEntry>) { entries.removeAll { gone.contains($0) } }

  /// A cell's versions, the newest last.
  package func versions(of cell: CellID) -> [PublishedEntry] { entries.filter { $0.cell == cell } }

  /// A cell's newest version.
  package func newest(of cell: CellID) -> PublishedEntry? { entries.last { $0.cell == cell } }
}

extension PublishedIndex {
  /// Reads an index; `place` is where it was, for people.
  ///
  /// - Throws: `PublishError.malformed`, `.newerFormat`.
  package init(parsing bytes: [UInt8], place: String) throws(PublishError) {
    self = try decode(Self.self, from: bytes, name: Self.fileName, place: place)
    entries.sort()
    for (entry, next) in zip(entries, entries.dropFirst())
    where entry.cell == next.cell && entry.version == next.version {
      throw .malformed(
        Self.fileName, place: place, reason: "'\(entry.cell)' has version \(entry.version) twice")
    }
    guard sequence >= 0 else {
      throw .malformed(Self.fileName, place: place, reason: "its sequence is negative")
    }
  }

  /// Canonical JSON: sorted keys, no white space, a line feed at the end.
  package func encoded() throws -> [UInt8] { try encodeCanonically(self) }
}

/// A published document in canonical JSON, with a line feed at its end.
func encodeCanonically(_ value: some Encodable) throws -> [UInt8] {
  try canonicalJSON(value) + [0x0a]
}

/// JSON of sorted keys, without white space: equal values are equal bytes.
func canonicalJSON(_ value: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return try [UInt8](encoder.encode(value))
}

/// Reads a document that has a `schemaVersion` of 1; one of a newer version is not read any further.
func decode<Value: Decodable>(
  _ type: Value.Type, from bytes: [UInt8], name: String, place: String
) throws(PublishError) -> Value {
  do {
    let decoder = JSONDecoder()
    let version = try decoder.decode(DocumentVersion.self, from: Data(bytes)).schemaVersion
    guard version <= 1 else { throw PublishError.newerFormat(name, place: place, version: version) }
    return try decoder.decode(type, from: Data(bytes))
  } catch let error as PublishError {
    throw error
  } catch {
    throw .malformed(name, place: place, reason: reason(of: error))
  }
}

private struct DocumentVersion: Decodable {
  let schemaVersion: Int
}

/// What is wrong with a document, in a line.
private func reason(of error: any Error) -> String {
  func path(_ context: DecodingError.Context) -> String {
    context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  }
  switch error {
  case DecodingError.keyNotFound(let key, let context):
    return "'\(key.stringValue)' is missing" + (context.codingPath.isEmpty ? "" : " in '\(path(context))'")
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
    return "'\(path(context))' is of the wrong type"
  case DecodingError.dataCorrupted: return "it is not the JSON that it should be"
  case let error as ParseError: return error.description
  default: return "it is not the JSON that it should be"
  }
}
