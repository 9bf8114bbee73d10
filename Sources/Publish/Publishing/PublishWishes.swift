/// What a publisher wishes for besides that bundles are published.
package struct PublishWishes: Hashable, Sendable {
  /// The version that bundles get; nil for the next whole number, where they are new.
  package var version: PublishedVersion?
  /// Whether a version that is there may get other content.
  package var replaces = false
  /// How many versions of each cell stay; nil for all.
  package var keeping: Int?
  /// What the catalogue is called, where it has no name yet.
  package var name: String
  /// When the catalogue should no longer be believed, in seconds since 1970; nil leaves it as it is.
  package var expires: Int64?
  /// What new entries have as their time, in seconds since 1970.
  package var publishedAt: Int64?

  package init(
    name: String, version: PublishedVersion? = nil, replaces: Bool = false, keeping: Int? = nil,
    expires: Int64? = nil, publishedAt: Int64? = nil
  ) {
    self.name = name
    self.version = version
    self.replaces = replaces
    self.keeping = keeping
    self.expires = expires
    self.publishedAt = publishedAt
  }
}
