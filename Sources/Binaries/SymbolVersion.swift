/// The number of a versioned symbol: `2.17` of `GLIBC_2.17`, `3.4.30` of `GLIBCXX_3.4.30`.
package struct SymbolVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let parts: [Int]

  package init(_ parts: Int...) { self.parts = parts }

  /// The number of a version name of that family; nil for other families and for names that carry no number,
  /// as `GLIBC_PRIVATE`.
  ///
  /// `GLIBC_ABI_DT_RELR`, which a linker adds for packed relocations, counts as the 2.36 that brought it.
  package init?(_ name: String, of family: String) {
    guard name.hasPrefix("\(family)_") else { return nil }
    if name == "GLIBC_ABI_DT_RELR" {
      parts = [2, 36]
      return
    }
    let numbers = name.dropFirst(family.count + 1).split(separator: ".", omittingEmptySubsequences: false)
    let parts = numbers.compactMap { Int($0) }
    guard parts.count == numbers.count, !parts.isEmpty else { return nil }
    self.parts = parts
  }

  package var description: String { parts.map(String.init).joined(separator: ".") }

  package static func < (left: SymbolVersion, right: SymbolVersion) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
