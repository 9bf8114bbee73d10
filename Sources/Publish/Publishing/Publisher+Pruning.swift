import Model

extension Publisher {
  /// How long a file that no index names is left alone, in seconds: it may be part of something that is being published.
  private static let grace: Int64 = 86_400
  private static let width = 16

  /// Removes what only dropped versions need, and files that nobody has named for a day.
  ///
  /// Nothing is removed when the index changes meanwhile: then the next prune does it.
  func prune(
    _ reading: IndexReading, dropped: [PublishedEntry], from former: IndexReading?,
    _ report: inout PublishReport
  ) async throws {
    try await store.removeDrafts(olderThan: now - Self.grace)
    let live = try await names(of: reading.index.entries, mustBeThere: true)
      .union([IndexReading.signatureName(of: reading.bytes)])
    var gone = try await names(of: dropped, mustBeThere: false)
    if let former { gone.insert(IndexReading.signatureName(of: former.bytes)) }
    let files = try await store.list("objects/") + store.list("signatures/")
    let old = files.filter { file in
      !live.contains(file.name) && (gone.contains(file.name) || file.modified < now - Self.grace)
    }
    .filter(\.isOurs)
    guard !old.isEmpty else { return }
    let isDone = try await store.remove(
      old.map(\.name), while: PublishedIndex.fileName, hasTag: reading.tag)
    if isDone { report.countRemoved(old) }
  }

  /// The names of everything that entries need.
  ///
  /// Of what stays, a manifest that can't be read is an error: who doesn't know what is needed removes nothing.
  private func names(of entries: [PublishedEntry], mustBeThere: Bool) async throws -> Set<String> {
    let names = try await entries.concurrentMap(width: Self.width) { [store] entry in
      do {
        let manifest = try await store.manifest(of: entry)
        return manifest.objects.map(\.name) + [entry.manifest.name]
      } catch let error as PublishError {
        if mustBeThere { throw error }
        return [entry.manifest.name]
      }
    }
    return Set(names.joined())
  }
}

extension StoredFile {
  /// Whether ppp can have written it: it is named by a digest.
  fileprivate var isOurs: Bool {
    let last = name.split(separator: "/").last.map { String($0) } ?? ""
    let digits = last.hasSuffix(".minisig") ? String(last.dropLast(8)) : last
    return (try? Digest(parsing: digits)) != nil
  }
}
