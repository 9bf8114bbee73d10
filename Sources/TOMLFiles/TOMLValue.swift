import TOMLKit

/// What a TOML text says, without its order, comments and spelling: two texts that say the same are equal.
package enum TOMLValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  /// A date, a time or both, spelt in one way.
  case time(String)
  case array([TOMLValue])
  case table([String: TOMLValue])

  /// What a whole file's text says; errors call it `file`.
  ///
  /// - Throws: `Problem.notTOML` with the place where the text stops being TOML.
  package static func parse<Problem: TOMLProblem>(
    _ text: String, file: String, as problem: Problem.Type
  ) throws(Problem) -> TOMLValue {
    .init(try parseTable(text, file: file, as: problem))
  }

  private init(_ table: TOMLTable) {
    var fields: [String: TOMLValue] = [:]
    for key in table.keys { if let value = table[key] { fields[key] = TOMLValue(value) } }
    self = .table(fields)
  }

  init(_ value: any TOMLValueConvertible) {
    if let table = value.table {
      self.init(table)
    } else if let array = value.array {
      self = .array((0..<array.count).map { TOMLValue(array[$0]) })
    } else if let text = value.string {
      self = .string(text)
    } else if let flag = value.bool {
      self = .boolean(flag)
    } else if let integer = value.int {
      self = .integer(integer)
    } else if let number = value.double {
      self = .number(number)
    } else {
      // The text of a date and time leaves out how far it is from UTC, and whether that is said at all.
      let offset = value.dateTime?.offset.map { " \($0.offset)" } ?? ""
      self = .time(value.debugDescription + offset)
    }
  }
}

extension TOMLValue {
  /// The value of a table's key; nil where there is none, or no table.
  package subscript(_ key: String) -> TOMLValue? {
    if case .table(let fields) = self { fields[key] } else { nil }
  }

  /// The value at the end of a path of keys.
  package subscript(_ path: [String]) -> TOMLValue? {
    path.reduce(Optional(self)) { $0?[$1] }
  }

  /// Changes the value at the end of a path of keys; tables on the way that aren't there are made.
  package mutating func update(_ path: some Collection<String>, _ body: (inout TOMLValue?) -> Void) {
    guard let key = path.first else { return }
    var fields = table ?? [:]
    if path.count == 1 {
      body(&fields[key])
    } else {
      fields[key, default: .table([:])].update(path.dropFirst(), body)
    }
    self = .table(fields)
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var array: [TOMLValue]? { if case .array(let elements) = self { elements } else { nil } }
  package var table: [String: TOMLValue]? { if case .table(let fields) = self { fields } else { nil } }
}

/// A text's tables as TOMLKit has them.
func parseTable<Problem: TOMLProblem>(
  _ text: String, file: String, as problem: Problem.Type
) throws(Problem) -> TOMLTable {
  do {
    return try TOMLTable(string: text)
  } catch let error as TOMLParseError {
    throw .notTOML(
      file: file, line: error.source.begin.line, column: error.source.begin.column, reason: error.description)
  } catch {
    throw .notTOML(file: file, line: 1, column: 1, reason: String(describing: error))
  }
}
