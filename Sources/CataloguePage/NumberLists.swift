/// Sets of numbers, each once, as short texts.
///
/// A text holds a set's numbers in ascending order, each as its distance from the one before, in base 36:
/// `{3, 4, 40}` is `3 1 10`. A set that is much like an earlier one is written as what sets it apart:
/// `7|3 1|10` is set 7 without `{3, 4}` and with `{36}`. Set 7 is then written in full, so that no reader has
/// to follow more than one step.
struct NumberLists: Sendable {
  private(set) var texts: [String] = []
  private var numbers: [[Int]: Int] = [:]
  private var base: (number: Int, members: Set<Int>)?

  /// The number of this set, whose members may come in any order.
  mutating func number(of members: some Sequence<Int>) -> Int {
    let set = Set(members)
    let sorted = set.sorted()
    if let number = numbers[sorted] { return number }
    let number = texts.count
    numbers[sorted] = number
    let whole = Self.text(sorted)
    if let difference = difference(of: set), difference.utf8.count * 2 < whole.utf8.count {
      texts.append(difference)
    } else {
      texts.append(whole)
      base = (number, set)
    }
    return number
  }

  private func difference(of set: Set<Int>) -> String? {
    guard let base else { return nil }
    let (gone, new) = (base.members.subtracting(set), set.subtracting(base.members))
    guard (gone.count + new.count) * 2 < set.count else { return nil }
    return "\(base.number)|\(Self.text(gone.sorted()))|\(Self.text(new.sorted()))"
  }

  private static func text(_ sorted: [Int]) -> String {
    var last = 0
    return sorted.map { number in
      defer { last = number }
      return String(number - last, radix: 36)
    }.joined(separator: " ")
  }
}
