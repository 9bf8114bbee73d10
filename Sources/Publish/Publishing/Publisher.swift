package import Catalogue
package import Model

/// Publishes bundles to a store, in such an order that no reader meets a reference to something that isn't there.
///
/// First go layers and documents, then manifests, then the signature, then the index: by compare and swap, after which
/// what others have published meanwhile is taken in and the swap tried again. What was sent is found by the next run,
/// so that a publisher that is killed is gone on with by running it again.
package struct Publisher: Sendable {
  private static let attempts = 50
  /// How many objects are sent at once.
  private static let width = 8

  let store: any ObjectStore
  let wishes: PublishWishes
  let signer: IndexSigner?
  let shelf: BundleShelf
  /// The page of a catalogue of these bundles; nil where none is wished.
  let page: PublishedPage?
  /// What container tools see of a catalogue in a registry; nil elsewhere.
  let images: RegistryImages?
  let events: EventSink
  /// Seconds since 1970.
  let now: Int64

  package init(
    to store: any ObjectStore, wishes: PublishWishes, signer: IndexSigner? = nil, shelf: BundleShelf,
    page: PublishedPage? = nil, images: RegistryImages? = nil, now: Int64,
    events: @escaping EventSink = { _ in }
  ) {
    self.store = store
    self.wishes = wishes
    self.signer = signer
    self.shelf = shelf
    self.page = page
    self.images = images
    self.now = now
    self.events = events
  }

  /// What would be done; nothing is written.
  package func plan(_ bundles: [BundleRecord]) async throws -> (plan: PublishPlan, missing: MissingObjects) {
    let plan = try await plan(bundles, over: try await reading())
    return (plan, try await missing(of: plan))
  }

  /// Publishes the bundles.
  ///
  /// - Throws: `PublishError`, `TrustError` when the catalogue that is there is signed by nobody who is trusted, and what
  ///   the store throws.
  package func publish(_ bundles: [BundleRecord]) async throws -> PublishReport {
    var report = PublishReport()
    var sent: Set<Digest> = []
    for attempt in 0..<Self.attempts {
      try Task.checkCancellation()
      if attempt > 0 { try await Task.sleep(for: .milliseconds(Int.random(in: 1...20 * min(attempt, 10)))) }
      let reading = try await reading()
      let plan = try await plan(bundles, over: reading)
      let missing = try await missing(of: plan, but: sent)
      for objects in [missing.objects, missing.manifests] {
        let written = try await send(objects)
        report.count(written)
        sent.formUnion(objects.map(\.reference.digest))
      }
      try await images?.prepare(plan)
      let skipped = (plan.objects + plan.manifests).map(\.reference).filter { !sent.contains($0.digest) }
      if try await commit(plan, over: reading, requiring: skipped, &report) {
        try await images?.show(plan)
        try await finish(plan, replacing: reading, &report)
        report.take(plan)
        return report
      }
    }
    throw PublishError.crowded(place: store.place, attempts: Self.attempts)
  }

  private func reading() async throws -> IndexReading? {
    guard let reading = try await store.index() else { return nil }
    if let signer {
      try signer.check(reading)
    } else if reading.signature != nil {
      throw PublishError.needsSignature(place: store.place)
    }
    if let expires = reading.index.expires, expires <= now, wishes.expires == nil {
      let text = "the catalogue at '\(store.place)' has expired, and stays so"
      events(.diagnosed(Diagnostic(.warning, text, hint: "give it a new time with --expires DAYS")))
    }
    return reading
  }

  private func plan(_ bundles: [BundleRecord], over reading: IndexReading?) async throws -> PublishPlan {
    try await PublishPlan(publishing: bundles, over: reading?.index, wishes: wishes) {
      try Task.checkCancellation()
      return try await shelf.bundle($0)
    }
  }

  private func missing(of plan: PublishPlan, but sent: Set<Digest> = []) async throws -> MissingObjects {
    func missing(_ objects: [PublishableObject]) async throws -> [PublishableObject] {
      let open = objects.filter { !sent.contains($0.reference.digest) }
      let isThere = try await open.concurrentMap(width: 2 * Self.width) { [store] in
        try await store.has($0.reference)
      }
      return zip(open, isThere).filter { !$0.1 }.map(\.0)
    }
    return MissingObjects(
      objects: try await missing(plan.objects), manifests: try await missing(plan.manifests))
  }

  /// Sends objects; those that were written, not those that somebody else was faster with.
  private func send(_ objects: [PublishableObject]) async throws -> [ObjectReference] {
    try await objects.concurrentMap(width: Self.width) { [store, events] object in
      let step = Step(.publish, object.name)
      events(.started(step))
      do {
        let isWritten = try await store.put(object)
        let size = ByteCount(object.reference.size).description
        events(.finished(step, isWritten ? .done(size) : .reused(size)))
        return isWritten ? object.reference : nil
      } catch {
        if !(error is CancellationError) { events(.finished(step, .failed(Diagnostic(error)))) }
        throw error
      }
    }.compactMap(\.self)
  }
}

/// What a destination lacks.
package struct MissingObjects: Sendable {
  package let objects: [PublishableObject]
  package let manifests: [PublishableObject]

  package var count: Int { objects.count + manifests.count }
  /// In bytes.
  package var size: Int64 { (objects + manifests).reduce(0) { $0 + $1.reference.size } }
}

extension ObjectStore {
  /// Puts an object from the first of its places whose bytes are what they should be.
  fileprivate func put(_ object: PublishableObject) async throws -> Bool {
    for place in object.places.dropLast() {
      do {
        return try await put(object.reference, from: place)
      } catch PublishError.changedBytes { continue }
    }
    guard let last = object.places.last else { preconditionFailure("an object has a place") }
    return try await put(object.reference, from: last)
  }
}
