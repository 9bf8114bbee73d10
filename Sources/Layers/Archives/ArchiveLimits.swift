/// How much an archive may unpack to before it is taken for a bomb.
package struct ArchiveLimits: Sendable {
  package let entries: Int64
  /// Unpacked, all entries together.
  package let bytes: Int64

  package init(entries: Int64 = 1_000_000, bytes: Int64 = 32 << 30) {
    self.entries = entries
    self.bytes = bytes
  }

  package static let standard = ArchiveLimits()
}
