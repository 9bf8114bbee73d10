package import Model
import TOMLKit

/// A table of a TOML file being read, that knows where it is; what is wrong with it is told as a `Problem`.
///
/// Keys that nobody asks for are ignored: other tools may add theirs.
package struct TOMLReader<Problem: TOMLProblem> {
  package let file: String
  /// The table's name as headers write it: `packages`, `tool.ppp.runtime`; empty for the top.
  package let name: String
  private let table: TOMLTable
  private let text: String
  /// The headers that lead here, by name and number; only an error needs their lines.
  private let headers: [HeaderReference]
  /// Whether this is, or lies in, an element of an array of tables.
  private let isInElement: Bool

  /// Reads a whole file's text; errors call it `file`.
  ///
  /// - Throws: `Problem.notTOML` with the place where the text stops being TOML.
  package init(_ text: String, file: String) throws(Problem) {
    table = try parseTable(text, file: file, as: Problem.self)
    self.file = file
    name = ""
    self.text = text
    headers = []
    isInElement = false
  }

  private init(_ table: TOMLTable, name: String, elementNumber: Int? = nil, in parent: TOMLReader) {
    (self.table, self.name, file, text) = (table, name, parent.file, parent.text)
    // The tables of an array's elements have the same header each; the element's own is the nearest that counts.
    headers =
      parent.isInElement
      ? parent.headers : parent.headers + [HeaderReference(name: name, number: elementNumber ?? 0)]
    isInElement = parent.isInElement || elementNumber != nil
  }

  /// The line of the nearest header that leads here.
  package var line: Int {
    let lines = HeaderLines(text)
    return headers.reversed().lazy.compactMap { lines.line(of: $0.name, $0.number) }.first ?? 1
  }

  /// The place of that header.
  package var position: SourcePosition { SourcePosition(file: file, line: line, column: 1) }

  package func has(_ key: String) -> Bool { table[key] != nil }

  /// The error that says what is wrong with a key of this table.
  package func error(_ key: String, _ problem: String) -> Problem {
    .badValue(file: file, line: line, key: path(key), problem: problem)
  }

  private func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

  package func string(_ key: String) throws(Problem) -> String {
    guard let value = try optionalString(key) else { throw error(key, "is missing") }
    return value
  }

  package func optionalString(_ key: String) throws(Problem) -> String? {
    guard let value = table[key] else { return nil }
    guard let string = value.string else { throw error(key, "is not a string") }
    return string
  }

  /// An integer from 0 up.
  package func optionalInteger(_ key: String) throws(Problem) -> Int64? {
    guard let value = table[key] else { return nil }
    guard let integer = value.int, integer >= 0 else { throw error(key, "is not a number from 0 up") }
    return Int64(integer)
  }

  /// A date-time (uv and we write it bare) or a string, as RFC 3339 writes it.
  package func optionalTime(_ key: String) throws(Problem) -> String? {
    guard let value = table[key] else { return nil }
    if let text = value.string { return text }
    guard let time = value.dateTime else { throw error(key, "is not a date and time") }
    return time.rfc3339
  }

  package func strings(_ key: String) throws(Problem) -> [String] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, "is not a list") }
    var result: [String] = []
    for index in 0..<array.count {
      guard let string = array[index].string else { throw error(key, "has an element that is not a string") }
      result.append(string)
    }
    return result
  }

  /// What a key holds, of whatever kind; nil where there is none.
  package func value(_ key: String) -> TOMLValue? { table[key].map { TOMLValue($0) } }

  /// The keys of this table, sorted.
  package var keys: [String] { table.keys.sorted() }

  package func subtable(_ key: String) throws(Problem) -> TOMLReader? {
    guard let value = table[key] else { return nil }
    guard let subtable = value.table else { throw error(key, "is not a table") }
    return TOMLReader(subtable, name: path(key), in: self)
  }

  package func requiredSubtable(_ key: String) throws(Problem) -> TOMLReader {
    guard let subtable = try subtable(key) else { throw error(key, "is missing") }
    return subtable
  }

  package func subtables(_ key: String) throws(Problem) -> [TOMLReader] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, "is not a list of tables") }
    let path = path(key)
    var result: [TOMLReader] = []
    for index in 0..<array.count {
      guard let element = array[index].table else { throw error(key, "has an element that is not a table") }
      result.append(TOMLReader(element, name: path, elementNumber: index, in: self))
    }
    return result
  }

  /// The value that `parse` makes of a string.
  package func parsed<Value>(
    _ key: String, _ parse: (String) throws(ParseError) -> Value
  ) throws(Problem) -> Value {
    let text = try string(key)
    do {
      return try parse(text)
    } catch {
      throw self.error(key, "has " + error.description.replacing("' is not", with: "', not"))
    }
  }
}

/// The header of a table: the how-manyth of that name, from 0.
private struct HeaderReference {
  let name: String
  let number: Int
}

/// Where the tables of a TOML file start; TOMLKit keeps no positions.
private struct HeaderLines {
  private var lines: [String: [Int]] = [:]

  package init(_ text: String) {
    var number = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard line.first == UInt8(ascii: "[") else { continue }
      let name = line.drop { $0 == UInt8(ascii: "[") }.prefix { $0 != UInt8(ascii: "]") }
      lines[String(Substring(name)), default: []].append(number)
    }
  }

  func line(of name: String, _ index: Int) -> Int? {
    guard let lines = lines[name], lines.indices.contains(index) else { return nil }
    return lines[index]
  }
}

extension TOMLDateTime {
  /// As RFC 3339 writes it, in the offset given; a time without one counts as UTC.
  fileprivate var rfc3339: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let fraction =
      time.nanoSecond == 0 ? "" : "." + String(String(1_000_000_000 + time.nanoSecond).dropFirst())
    let minutes = offset?.offset ?? 0
    let zone =
      minutes == 0 ? "Z" : (minutes < 0 ? "-" : "+") + "\(two(abs(minutes) / 60)):\(two(abs(minutes) % 60))"
    let day = "\(String(10_000 + date.year).dropFirst())-\(two(date.month))-\(two(date.day))"
    return "\(day)T\(two(time.hour)):\(two(time.minute)):\(two(time.second))\(fraction)\(zone)"
  }
}
