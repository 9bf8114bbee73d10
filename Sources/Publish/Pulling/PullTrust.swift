package import Trust

/// What is believed of what comes from somewhere: the trusted keys, and the time.
package struct PullTrust: Sendable {
  let keys: KeyRing
  /// Seconds since 1970.
  let now: Int64

  package init(keys: KeyRing, now: Int64) {
    self.keys = keys
    self.now = now
  }
}
