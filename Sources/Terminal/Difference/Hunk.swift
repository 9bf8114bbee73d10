/// Neighbouring differences with the equal lines around them.
struct Hunk: Sendable {
  /// `@@ -1,3 +1,4 @@`: where it begins in both texts, and how many lines of each it has.
  let header: String
  let edits: [LineEdit]

  /// The hunks of an edit script; differences whose equal lines touch are in one.
  static func hunks(of edits: [LineEdit], context: Int) -> [Hunk] {
    var hunks: [Hunk] = []
    // How many lines of each text come before `position`.
    var (old, new, position) = (0, 0, 0)
    for range in ranges(of: edits, context: context) {
      old += edits[position..<range.lowerBound].count { $0.isInOld }
      new += edits[position..<range.lowerBound].count { $0.isInNew }
      let part = edits[range]
      let (removed, added) = (part.count { $0.isInOld }, part.count { $0.isInNew })
      let header = "@@ -\(place(after: old, removed)) +\(place(after: new, added)) @@"
      hunks.append(Hunk(header: header, edits: Array(part)))
      (old, new, position) = (old + removed, new + added, range.upperBound)
    }
    return hunks
  }

  private static func ranges(of edits: [LineEdit], context: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for index in edits.indices where edits[index].isChange {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges
  }

  /// An empty range is named by the line before it, one of a single line by its number alone (POSIX diff).
  private static func place(after count: Int, _ length: Int) -> String {
    length == 1 ? "\(count + 1)" : "\(length == 0 ? count : count + 1),\(length)"
  }
}

extension LineEdit {
  fileprivate var isInOld: Bool { if case .added = self { false } else { true } }
  fileprivate var isInNew: Bool { if case .removed = self { false } else { true } }
}
