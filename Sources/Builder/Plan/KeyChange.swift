/// A value that is not what it was: the answer to "why is this done again".
package struct KeyChange: Hashable, Sendable {
  package let key: String
  /// What it was; nil when there was none.
  package let old: String?
  package let new: String?

  package init(_ key: String, old: String?, new: String?) {
    self.key = key
    self.old = old
    self.new = new
  }

  /// The change of a list, told by what went and what came; a mere change of order by the whole lists.
  package init(_ key: String, from old: [String], to new: [String]) {
    let (gone, come) = (old.filter { !new.contains($0) }, new.filter { !old.contains($0) })
    let isReordered = gone.isEmpty && come.isEmpty
    self.init(key, old: Self.joined(isReordered ? old : gone), new: Self.joined(isReordered ? new : come))
  }

  private static func joined(_ values: [String]) -> String? {
    values.isEmpty ? nil : values.joined(separator: ", ")
  }
}

extension KeyChange: CustomStringConvertible {
  package var description: String {
    if let text = textOfModule { return text }
    return switch (old, new) {
    case (let old?, let new?): "\(key): \(old) → \(new)"
    case (nil, let new?): "\(key): \(new) added"
    case (let old?, nil): "\(key): \(old) removed"
    case (nil, nil): key
    }
  }
}
