/// A page that says something about files: an index page, a release list.
package struct Document: Sendable, Hashable {
  package let bytes: [UInt8]
  /// As the server sent it: `text/html; charset=utf-8`; empty when it said nothing.
  package let contentType: String
  /// Where it was in the end, after redirects: what links in it count from.
  ///
  /// Without user info.
  package let url: String
}
