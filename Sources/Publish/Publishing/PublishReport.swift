/// What publishing has done.
package struct PublishReport: Sendable {
  package private(set) var items: [PublishPlan.Item] = []
  package private(set) var dropped: [PublishedEntry] = []
  /// Of the index that is there now.
  package private(set) var sequence = 0
  package private(set) var sentObjects = 0
  /// Of objects and named files, in bytes.
  package private(set) var sentBytes: Int64 = 0
  package private(set) var removedFiles = 0
  /// In bytes.
  package private(set) var removedBytes: Int64 = 0

  init() {}

  mutating func take(_ plan: PublishPlan) {
    items = plan.items
    dropped = plan.dropped
    sequence = plan.index.sequence
  }

  mutating func count(_ objects: [ObjectReference]) {
    sentObjects += objects.count
    sentBytes += objects.reduce(0) { $0 + $1.size }
  }

  mutating func count(_ bytes: [UInt8]) { sentBytes += Int64(bytes.count) }

  mutating func countRemoved(_ files: [StoredFile]) {
    removedFiles += files.count
    removedBytes += files.reduce(0) { $0 + $1.size }
  }
}
