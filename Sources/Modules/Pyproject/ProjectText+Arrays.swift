import Model
import TOMLFiles

extension ProjectText {
  /// Puts a text into the array at a path, before the element that has this number or at the end, in the array's own layout.
  ///
  /// - Returns: false when there is no array that is written out at that path.
  mutating func insert(_ element: String, intoArrayAt path: [String], before number: Int) -> Bool {
    guard let array = outline.value(at: path), case .array(let elements) = array.content else { return false }
    let literal = quoted(element, like: elements.last)
    if elements.isEmpty {
      fill(array, with: literal)
    } else if number < elements.count {
      insert(literal, before: number, of: elements, in: array)
    } else {
      append(literal, behind: elements[elements.count - 1], in: array)
    }
    return true
  }

  /// In single quotes where the other elements are.
  private func quoted(_ text: String, like other: TOMLOutline.Value?) -> String {
    let isLiteral = other.map { bytes[$0.range.lowerBound] == UInt8(ascii: "'") } ?? false
    let canBeLiteral = !text.utf8.contains { $0 == UInt8(ascii: "'") || $0 < 0x20 || $0 == 0x7F }
    return isLiteral && canBeLiteral ? "'\(text)'" : TOMLText.quoted(text)
  }

  private var newLine: String { String(decoding: lineBreak, as: UTF8.self) }

  /// The white space that a line starts with, if nothing else stands before the place.
  private func indentation(before place: Int) -> String? {
    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let before = bytes[start..<place]
    guard before.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    return String(decoding: before, as: UTF8.self)
  }

  private mutating func fill(_ array: TOMLOutline.Value, with literal: String) {
    let end = array.range.upperBound - 1
    guard bytes[array.range].contains(0x0A), let indentation = indentation(before: end) else {
      let inner = (array.range.lowerBound + 1)..<end
      return replace(inner, with: literal)
    }
    insert("\(indentation)    \(literal),\(newLine)", at: end - indentation.utf8.count)
  }

  private mutating func replace(_ range: Range<Int>, with text: String) {
    self = ProjectText(
      Array(bytes[..<range.lowerBound]) + Array(text.utf8) + Array(bytes[range.upperBound...]))
  }

  /// The place of the comma behind an element, before the end of the array; comments are stepped over.
  private func comma(behind element: TOMLOutline.Value, in array: TOMLOutline.Value) -> Int? {
    var place = element.range.upperBound
    while place < array.range.upperBound - 1 {
      switch bytes[place] {
      case UInt8(ascii: ","): return place
      case UInt8(ascii: "#"): place = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return nil
      }
    }
    return nil
  }

  /// Behind the break of the line that the place is in, if the array goes on there.
  private func nextLine(after place: Int, in array: TOMLOutline.Value) -> Int? {
    guard let lineBreak = bytes[place..<array.range.upperBound].firstIndex(of: 0x0A) else { return nil }
    return lineBreak + 1
  }

  private mutating func append(
    _ literal: String, behind last: TOMLOutline.Value, in array: TOMLOutline.Value
  ) {
    let comma = comma(behind: last, in: array)
    guard let indentation = indentation(before: last.range.lowerBound) else {
      if let comma {
        insert(" \(literal),", at: comma + 1)
      } else {
        insert(", \(literal)", at: last.range.upperBound)
      }
      return
    }
    if let comma {
      if let line = nextLine(after: comma, in: array) {
        insert("\(indentation)\(literal),\(newLine)", at: line)
      } else {
        insert("\(newLine)\(indentation)\(literal),", at: comma + 1)
      }
    } else if let line = nextLine(after: last.range.upperBound, in: array) {
      insert("\(indentation)\(literal)\(newLine)", at: line)
      insert(",", at: last.range.upperBound)
    } else {
      insert(",\(newLine)\(indentation)\(literal)", at: last.range.upperBound)
    }
  }

  private mutating func insert(
    _ literal: String, before number: Int, of elements: [TOMLOutline.Value], in array: TOMLOutline.Value
  ) {
    let next = elements[number]
    // Comments above an element are about it, so the new line goes right behind the one before.
    let before = number == 0 ? array.range.lowerBound : comma(behind: elements[number - 1], in: array)
    guard let indentation = indentation(before: next.range.lowerBound), let before,
      let line = nextLine(after: before, in: array), line <= next.range.lowerBound
    else { return insert("\(literal), ", at: next.range.lowerBound) }
    insert("\(indentation)\(literal),\(newLine)", at: line)
  }
}
