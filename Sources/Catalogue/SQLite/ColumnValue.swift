import Model

/// What a column holds.
enum Column: CustomStringConvertible {
  case integer(Int64)
  case text(String)
  case null

  var description: String {
    switch self {
    case .integer(let number): "the number \(number)"
    case .text(let text): "'\(text)'"
    case .null: "nothing"
    }
  }
}

/// A value that a column can hold.
protocol ColumnValue {
  var column: Column { get }
  /// Nil when the column holds something else.
  init?(column: Column)
}

extension Int64: ColumnValue {
  var column: Column { .integer(self) }

  init?(column: Column) {
    guard case .integer(let number) = column else { return nil }
    self = number
  }
}

extension Int: ColumnValue {
  var column: Column { .integer(Int64(self)) }

  init?(column: Column) {
    guard case .integer(let number) = column else { return nil }
    self.init(exactly: number)
  }
}

extension Bool: ColumnValue {
  var column: Column { .integer(self ? 1 : 0) }

  init?(column: Column) {
    switch column {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}

extension String: ColumnValue {
  var column: Column { .text(self) }

  init?(column: Column) {
    guard case .text(let text) = column else { return nil }
    self = text
  }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  var column: Column { self?.column ?? .null }

  init?(column: Column) {
    if case .null = column {
      self = .none
      return
    }
    guard let value = Wrapped(column: column) else { return nil }
    self = .some(value)
  }
}

extension ColumnValue where Self: RawRepresentable, RawValue == String {
  var column: Column { .text(rawValue) }

  init?(column: Column) {
    guard case .text(let text) = column else { return nil }
    self.init(rawValue: text)
  }
}

/// A value of `Model` that is stored as its description and read back by parsing.
protocol ParsedColumnValue: ColumnValue, CustomStringConvertible {
  init(parsing text: String) throws(ParseError)
}

extension ParsedColumnValue {
  var column: Column { .text(description) }

  init?(column: Column) {
    // The row's reader turns nil into an error that names the column and what it holds.
    guard case .text(let text) = column, let value = try? Self(parsing: text) else { return nil }
    self = value
  }
}

extension Digest: ParsedColumnValue {}
extension Platform: ParsedColumnValue {}
extension PlatformFloor: ParsedColumnValue {}
extension PythonVersion: ParsedColumnValue {}
extension PackageName: ParsedColumnValue {}
extension ModuleName: ParsedColumnValue {}
extension CodeLevel: ColumnValue {}
