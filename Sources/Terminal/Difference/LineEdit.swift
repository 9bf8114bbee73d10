/// What becomes of a line on the way from one text to another.
enum LineEdit: Hashable, Sendable {
  case kept(TextLine)
  case removed(TextLine)
  case added(TextLine)

  var isChange: Bool { if case .kept = self { false } else { true } }

  /// The edits that make `new` of `old`; where lines are replaced, those removed come first.
  ///
  /// The edits are the fewest (Myers), unless both texts differ in thousands of lines: then everything between
  /// the first and the last difference is replaced, for the search needs the square of their number in memory.
  static func edits(from old: [TextLine], to new: [TextLine]) -> [LineEdit] {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let oldMiddle = old[start..<(old.count - end)]
    let newMiddle = new[start..<(new.count - end)]
    return old[..<start].map(LineEdit.kept) + middle(from: oldMiddle, to: newMiddle)
      + old[(old.count - end)...].map(LineEdit.kept)
  }

  private static func middle(from old: ArraySlice<TextLine>, to new: ArraySlice<TextLine>) -> [LineEdit] {
    guard old.count + new.count <= 4_000 else { return old.map(removed) + new.map(added) }
    var isRemoved = [Bool](repeating: false, count: old.count)
    var isAdded = [Bool](repeating: false, count: new.count)
    for change in Array(new).difference(from: Array(old)) {
      switch change {
      case .remove(let offset, _, _): isRemoved[offset] = true
      case .insert(let offset, _, _): isAdded[offset] = true
      }
    }
    var edits: [LineEdit] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, isRemoved[i] {
        edits.append(.removed(old[old.startIndex + i]))
        i += 1
      } else if j < new.count, isAdded[j] {
        edits.append(.added(new[new.startIndex + j]))
        j += 1
      } else {
        edits.append(.kept(old[old.startIndex + i]))
        (i, j) = (i + 1, j + 1)
      }
    }
    return edits
  }
}
