import Model
import TOMLKit

/// A table of a lock file being read, that knows where it is.
///
/// Keys that nobody asks for are ignored: other tools may add theirs.
struct TOMLReader {
  let file: String
  /// The table's name as headers write it: `packages`, `tool.ppp.runtime`; empty for the top.
  let name: String
  private let table: TOMLTable
  private let text: String
  /// The headers that lead here, by name and number; only an error needs their lines.
  private let headers: [Header]

  private struct Header {
    let name: String
    let number: Int
  }

  /// Reads a whole file's text; errors call it `file`.
  ///
  /// - Throws: `LockError.notTOML` at the place where the text stops being TOML.
  init(_ text: String, file: String) throws(LockError) {
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .notTOML(
        file: file, line: error.source.begin.line, column: error.source.begin.column,
        reason: error.description)
    } catch {
      throw .notTOML(file: file, line: 1, column: 1, reason: String(describing: error))
    }
    self.file = file
    name = ""
    self.text = text
    headers = []
  }

  private init(_ table: TOMLTable, name: String, header: Header?, in parent: TOMLReader) {
    (self.table, self.name, file, text) = (table, name, parent.file, parent.text)
    headers = header.map { parent.headers + [$0] } ?? parent.headers
  }

  /// The line of the nearest header that leads here.
  var line: Int {
    let lines = HeaderLines(text)
    return headers.reversed().lazy.compactMap { lines.line(of: $0.name, $0.number) }.first ?? 1
  }

  func has(_ key: String) -> Bool { table[key] != nil }

  /// The error that says what is wrong with a key of this table.
  func error(_ key: String, _ problem: String) -> LockError {
    .badValue(file: file, line: line, key: path(key), problem: problem)
  }

  private func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

  func string(_ key: String) throws(LockError) -> String {
    guard let value = try optionalString(key) else { throw error(key, "is missing") }
    return value
  }

  func optionalString(_ key: String) throws(LockError) -> String? {
    guard let value = table[key] else { return nil }
    guard let string = value.string else { throw error(key, "is not a string") }
    return string
  }

  /// An integer from 0 up.
  func optionalInteger(_ key: String) throws(LockError) -> Int64? {
    guard let value = table[key] else { return nil }
    guard let integer = value.int, integer >= 0 else { throw error(key, "is not a number from 0 up") }
    return Int64(integer)
  }

  /// A date-time (uv and we write it bare) or a string, as RFC 3339 writes it.
  func optionalTime(_ key: String) throws(LockError) -> String? {
    guard let value = table[key] else { return nil }
    if let text = value.string { return text }
    guard let time = value.dateTime else { throw error(key, "is not a date and time") }
    return time.rfc3339
  }

  func strings(_ key: String) throws(LockError) -> [String] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, "is not a list") }
    var result: [String] = []
    for index in 0..<array.count {
      guard let string = array[index].string else { throw error(key, "has an element that is not a string") }
      result.append(string)
    }
    return result
  }

  /// The keys of this table, sorted.
  var keys: [String] { table.keys.sorted() }

  func subtable(_ key: String) throws(LockError) -> TOMLReader? {
    guard let value = table[key] else { return nil }
    guard let subtable = value.table else { throw error(key, "is not a table") }
    let name = path(key)
    // The tables of an array's elements have the same header each; the element's own is the nearest that counts.
    let isInElement = headers.contains { $0.name == "packages" }
    return TOMLReader(
      subtable, name: name, header: isInElement ? nil : Header(name: name, number: 0), in: self)
  }

  func requiredSubtable(_ key: String) throws(LockError) -> TOMLReader {
    guard let subtable = try subtable(key) else { throw error(key, "is missing") }
    return subtable
  }

  func subtables(_ key: String) throws(LockError) -> [TOMLReader] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, "is not a list of tables") }
    let path = path(key)
    var result: [TOMLReader] = []
    for index in 0..<array.count {
      guard let element = array[index].table else { throw error(key, "has an element that is not a table") }
      let header = headers.contains { $0.name == "packages" } ? nil : Header(name: path, number: index)
      result.append(TOMLReader(element, name: path, header: header, in: self))
    }
    return result
  }

  /// The value that `parse` makes of a string.
  func parsed<Value>(
    _ key: String, _ parse: (String) throws(ParseError) -> Value
  ) throws(LockError) -> Value {
    let text = try string(key)
    do {
      return try parse(text)
    } catch {
      throw self.error(key, "has " + error.description.replacing("' is not", with: "', not"))
    }
  }
}

/// Where the tables of a TOML file start; TOMLKit keeps no positions.
private struct HeaderLines {
  private var lines: [String: [Int]] = [:]

  init(_ text: String) {
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
