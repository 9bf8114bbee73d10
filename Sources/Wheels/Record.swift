package import Model

/// One line of a RECORD file: a path, and, but for RECORD itself, what the file must be.
package struct RecordEntry: Hashable, Sendable {
  /// Relative to site-packages, with `/` between its parts.
  package let path: String
  package let digest: Digest?
  /// In bytes.
  package let size: Int64?

  package init(path: String, digest: Digest?, size: Int64?) {
    self.path = path
    self.digest = digest
    self.size = size
  }
}

/// The list of a distribution's files: CSV lines of path, hash and size.
///
/// Specification: https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
package struct Record: Equatable, Sendable {
  package let entries: [RecordEntry]

  package init(_ entries: [RecordEntry]) { self.entries = entries }

  /// Reads what a wheel brings; every path once, or twice with the same hash and size.
  ///
  /// - Throws: `WheelError.malformed` with the line, for broken CSV, a hash that is not SHA-256, a size that is no number.
  package init(parsing text: String, wheel: String, file: String) throws(WheelError) {
    var entries: [String: RecordEntry] = [:]
    var order: [String] = []
    for (line, fields) in try csvRows(text, wheel: wheel, file: file) {
      func refuse(_ reason: String) -> WheelError {
        .malformed(wheel: wheel, file: file, line: line, reason: reason)
      }
      guard fields.count == 3 else { throw refuse("there are \(fields.count) fields instead of 3") }
      let digest = try Self.digest(fields[1], refuse: refuse)
      let size = Int64(fields[2])
      guard fields[2].isEmpty || (size ?? -1) >= 0 else { throw refuse("'\(fields[2])' is not a size") }
      let entry = RecordEntry(path: fields[0], digest: digest, size: size)
      if let earlier = entries.updateValue(entry, forKey: entry.path) {
        guard earlier == entry else {
          throw refuse("'\(entry.path)' is listed twice with different contents")
        }
      } else {
        order.append(entry.path)
      }
    }
    self.entries = order.compactMap { entries[$0] }
  }

  private static func digest(_ field: String, refuse: (String) -> WheelError) throws(WheelError) -> Digest? {
    if field.isEmpty { return nil }
    guard field.hasPrefix("sha256=") else { throw refuse("'\(field)' is not a SHA-256 hash") }
    guard let digest = Digest(urlSafeBase64: field.dropFirst(7)) else {
      throw refuse("'\(field)' is not a SHA-256 hash")
    }
    return digest
  }
}

extension Record: CustomStringConvertible {
  /// The file's text: a line for each entry, sorted by path, so that equal lists are equal bytes.
  package var description: String {
    let sorted = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return sorted.map { entry in
      let hash = entry.digest.map { "sha256=\($0.urlSafeBase64)" } ?? ""
      return "\(entry.path.csvField),\(hash),\(entry.size.map(String.init) ?? "")\n"
    }.joined()
  }
}
