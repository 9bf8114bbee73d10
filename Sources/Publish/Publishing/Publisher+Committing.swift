import Model

extension Publisher {
  /// Writes the index that the plan has, if the one it was made over is still there; true also where nothing changes.
  func commit(
    _ plan: PublishPlan, over reading: IndexReading?, requiring objects: [ObjectReference],
    _ report: inout PublishReport
  ) async throws -> Bool {
    guard plan.changesIndex else { return true }
    let bytes = try plan.index.encoded()
    if let signer {
      let signature = signer.signature(of: bytes)
      let name = IndexReading.signatureName(of: bytes)
      if try await store.replace(name, with: signature, ifTag: nil) { report.count(signature) }
    }
    let isWritten = try await store.replace(
      PublishedIndex.fileName, with: bytes, ifTag: reading?.tag, requiring: objects)
    if isWritten { report.count(bytes) }
    return isWritten
  }

  /// Brings what goes with the index up to date, and removes what nobody needs any more.
  func finish(
    _ plan: PublishPlan, replacing former: IndexReading?, _ report: inout PublishReport
  ) async throws {
    guard let reading = try await store.index(), reading.index == plan.index else {
      // Somebody has published since, and sees to it.
      return
    }
    if let signer {
      let signature: [UInt8]
      if signer.hasSigned(reading), let own = reading.signature {
        signature = own
      } else {
        signature = signer.signature(of: reading.bytes)
        let name = IndexReading.signatureName(of: reading.bytes)
        let tag = try await store.read(name, limit: 1 << 16)?.tag
        if try await store.replace(name, with: signature, ifTag: tag) { report.count(signature) }
      }
      if try await keepUp(PublishedIndex.signatureFileName, with: reading, content: { _ in signature }) {
        report.count(signature)
      }
    }
    if let page {
      let html = try await page.html(of: reading, from: store, known: plan.manifests)
      let isWritten = try await keepUp(PublishedPage.fileName, with: reading) { _ in html }
      if isWritten { report.count(html) }
    }
    if wishes.keeping != nil { try await prune(reading, dropped: plan.dropped, from: former, &report) }
  }

  /// Writes a file that goes with an index, unless it is as it should be or the index is no longer there.
  ///
  /// Of several who publish one after the other, the last index's file stays, however long the others take.
  private func keepUp(
    _ name: String, with reading: IndexReading, content: (NamedBytes?) async throws -> [UInt8]
  ) async throws -> Bool {
    while true {
      try Task.checkCancellation()
      let there = try await store.read(name)
      let bytes = try await content(there)
      if there?.bytes == bytes { return false }
      guard try await store.read(PublishedIndex.fileName, limit: PublishedIndex.limit)?.bytes == reading.bytes
      else { return false }
      if try await store.replace(name, with: bytes, ifTag: there?.tag) { return true }
    }
  }
}
