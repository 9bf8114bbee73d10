package import Model

/// The version of a published bundle: `3`, `2026.11`, `1.2.0-rc1`.
///
/// Numbers between dots, compared number by number; what follows a `-` is a version before the one without it.
/// It can stand in a file name, a URL and the tag of a container image.
package struct PublishedVersion: Hashable, Sendable {
  private let numbers: [Int]
  /// Nil for a final version.
  private let suffix: String?
  private let text: String

  /// The n-th of whole numbers, which versions are where nobody says otherwise.
  package init(_ number: Int) {
    numbers = [number]
    suffix = nil
    text = String(number)
  }

  /// The next whole number that is higher.
  package var nextWhole: PublishedVersion { PublishedVersion((numbers.first ?? 0) + 1) }
}

extension PublishedVersion: TextCodable {
  package init(parsing text: String) throws(ParseError) {
    guard text.utf8.count <= 64,
      let match = text.wholeMatch(of: #/(\d{1,18}(?:\.\d{1,18})*)(?:-([0-9A-Za-z.-]+))?/#)
    else {
      throw ParseError(
        expected: "version of a bundle", text: text, hint: "write numbers, as in 3, 2026.11 or 1.2.0-rc1")
    }
    numbers = match.1.split(separator: ".").compactMap { Int($0) }
    suffix = match.2.map { String($0) }
    self.text = text
  }

  package var description: String { text }
}

extension PublishedVersion: Comparable {
  /// Versions that differ in their spelling only, `1.0` and `1.00`, have an order too: that of their texts.
  package static func < (left: PublishedVersion, right: PublishedVersion) -> Bool {
    if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
    switch (left.suffix, right.suffix) {
    case (nil, nil): return left.text < right.text
    case (nil, _): return false
    case (_, nil): return true
    case (let one?, let other?): return one == other ? left.text < right.text : one < other
    }
  }
}
