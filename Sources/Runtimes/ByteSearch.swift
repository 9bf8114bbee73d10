#if canImport(Glibc)
import Glibc
#endif

extension UnsafeRawBufferPointer {
  /// Where a pattern begins, from `start` on.
  func offset(of pattern: [UInt8], from start: Int = 0) -> Int? {
    guard let base = baseAddress, let first = pattern.first else { return nil }
    var position = start
    while position + pattern.count <= count {
      let room = count - position - pattern.count + 1
      guard let found = memchr(base + position, Int32(first), room) else { return nil }
      position = UnsafeRawPointer(found) - base
      if memcmp(found, pattern, pattern.count) == 0 { return position }
      position += 1
    }
    return nil
  }
}

extension [UInt8] {
  /// Where a pattern begins, from `start` on.
  func offset(of pattern: some Collection<UInt8>, from start: Int = 0) -> Int? {
    let pattern = Array(pattern)
    return withUnsafeBytes { $0.offset(of: pattern, from: start) }
  }

  /// Where a pattern begins, each time; occurrences do not overlap.
  func offsets(of pattern: some Collection<UInt8>) -> [Int] {
    var found: [Int] = []
    var start = 0
    while let offset = offset(of: pattern, from: start) {
      found.append(offset)
      start = offset + pattern.count
    }
    return found
  }

  func contains(text: String) -> Bool { offset(of: text.utf8) != nil }

  /// Puts one text for another, everywhere.
  ///
  /// - Returns: how often.
  @discardableResult
  mutating func replace(_ old: String, with new: String) -> Int {
    let places = offsets(of: old.utf8)
    guard !places.isEmpty else { return 0 }
    var result: [UInt8] = []
    var position = 0
    for place in places {
      result.append(contentsOf: self[position..<place])
      result.append(contentsOf: new.utf8)
      position = place + old.utf8.count
    }
    result.append(contentsOf: self[position...])
    self = result
    return places.count
  }

  /// Takes out what begins with one text and reaches up to another, which stays.
  ///
  /// - Returns: whether both were there.
  @discardableResult
  mutating func removeSpan(from start: String, upTo end: String) -> Bool {
    guard let first = offset(of: start.utf8), let last = offset(of: end.utf8, from: first + start.utf8.count)
    else {
      return false
    }
    removeSubrange(first..<last)
    return true
  }

  /// Takes out each word that begins so, with the space behind it.
  mutating func removeWords(beginningWith prefix: String) {
    while let start = offset(of: prefix.utf8) {
      var end = start
      while end < count, !Self.wordEnds.contains(self[end]) { end += 1 }
      if end < count, self[end] == UInt8(ascii: " ") { end += 1 }
      removeSubrange(start..<end)
    }
  }

  private static var wordEnds: [UInt8] { Array(" \t\n'\"".utf8) }
}
