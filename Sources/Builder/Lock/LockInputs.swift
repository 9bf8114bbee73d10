import Artifacts
package import Model

/// What of a recipe decides a resolution, in words: a lock is current while these are what they were.
///
/// Reason texts and positions are not in it, nor what only matters once a bundle is built.
package struct LockInputs: Hashable, Sendable {
  /// A key's values, in an order that means something or sorted; keys without values are left out.
  package let fields: [String: [String]]

  package init(_ fields: [String: [String]]) {
    self.fields = fields.filter { !$0.value.isEmpty }
  }

  /// SHA-256 of the canonical JSON.
  package var digest: Digest { Digest.sha256(of: Array(canonicalJSON.utf8)) }

  /// Sorted keys, no spaces.
  package var canonicalJSON: String {
    CanonicalJSON.object(fields.map { ($0.key, CanonicalJSON.array($0.value.map(CanonicalJSON.string))) })
  }

  /// What is different in `current`, by key.
  package func changes(to current: LockInputs) -> [KeyChange] {
    Set(fields.keys).union(current.fields.keys).sorted().compactMap { key in
      let (old, new) = (fields[key] ?? [], current.fields[key] ?? [])
      return old == new ? nil : KeyChange(key, from: old, to: new)
    }
  }
}
