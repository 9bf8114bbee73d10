/// What was chosen for an option of a module.
package enum OptionValue: Hashable, Sendable {
  /// A text, or one of the choices.
  case text(String)
  case integer(Int)
  /// Finite.
  case number(Double)
  case boolean(Bool)
}

extension OptionValue: CustomStringConvertible {
  /// As it is written on the command line, behind `--option NAME=`.
  package var description: String {
    switch self {
    case .text(let value): value
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .boolean(let value): String(value)
    }
  }
}
