package import ConfigMerge
import Model

/// What the names in a template stand for.
package struct TemplateVariables: Sendable {
  private let values: [String: OptionValue]
  /// The values that a variable can have, for those that have few.
  private let choices: [String: [String]]

  package init(_ values: [String: OptionValue], choices: [String: [String]] = [:]) {
    self.values = values
    self.choices = choices
  }

  func value(_ operand: TemplateOperand) throws(TemplateError) -> OptionValue {
    switch operand {
    case .literal(let value, _): return value
    case .variable(let name, let position):
      guard let value = values[name] else {
        throw .unknownVariable(name, at: position, known: values.keys.sorted())
      }
      return value
    }
  }

  /// The first branch whose condition holds.
  func branch(of branches: [TemplateNode.Branch]) throws(TemplateError) -> TemplateNode.Branch? {
    for branch in branches {
      guard let condition = branch.condition else { return branch }
      if try holds(condition) { return branch }
    }
    return nil
  }

  private func holds(_ condition: TemplateCondition) throws(TemplateError) -> Bool {
    switch condition {
    case .test(let operand): return try value(operand) == .boolean(true)
    case .equal(let left, let right, let negated):
      return try value(left).isEqual(to: value(right)) != negated
    case .not(let inner): return try !holds(inner)
    case .and(let left, let right):
      guard try holds(left) else { return false }
      return try holds(right)
    case .or(let left, let right):
      guard try !holds(left) else { return true }
      return try holds(right)
    }
  }

  /// Finds what is wrong in any branch.
  func check(_ nodes: [TemplateNode]) throws(TemplateError) {
    for node in nodes {
      switch node {
      case .text: break
      case .output(let operand): _ = try value(operand)
      case .choice(let branches):
        for branch in branches {
          if let condition = branch.condition { try check(condition) }
          try check(branch.nodes)
        }
      }
    }
  }

  private func check(_ condition: TemplateCondition) throws(TemplateError) {
    switch condition {
    case .test(let operand):
      let value = try value(operand)
      guard value.kindName != "boolean" else { return }
      throw .pointless(
        "this is a \(value.kindName), not true or false", at: operand.position,
        hint: "compare it, as in {% if type == \"linear\" %}")
    case .equal(let left, let right, _):
      let (leftKind, rightKind) = (try value(left).kindName, try value(right).kindName)
      guard leftKind == rightKind else {
        throw .pointless(
          "a \(leftKind) is never equal to a \(rightKind)", at: right.position,
          hint: "texts stand in quotes; numbers, true and false do not")
      }
      try checkChoice(left, right)
      try checkChoice(right, left)
    case .not(let inner): try check(inner)
    case .and(let left, let right), .or(let left, let right):
      try check(left)
      try check(right)
    }
  }

  /// Finds a word that a variable can't have.
  private func checkChoice(_ variable: TemplateOperand, _ word: TemplateOperand) throws(TemplateError) {
    guard case .variable(let name, _) = variable, case .literal(.text(let text), let position) = word,
      let choices = choices[name], !choices.contains(text)
    else { return }
    let near = nearest(to: text, in: choices).map { "did you mean '\($0)'?" }
    throw .pointless(
      "'\(name)' is never '\(text)'", at: position,
      hint: near ?? "its choices are \(choices.joined(separator: ", "))")
  }
}

extension OptionValue {
  fileprivate var kindName: String {
    switch self {
    case .text: "text"
    case .integer, .number: "number"
    case .boolean: "boolean"
    }
  }

  fileprivate func isEqual(to other: OptionValue) -> Bool {
    switch (self, other) {
    case (.integer(let left), .number(let right)): Double(left) == right
    case (.number(let left), .integer(let right)): left == Double(right)
    default: self == other
    }
  }

  /// As Python's `str` writes it.
  var templateText: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .number(let number): number.pythonText
    case .boolean(let flag): flag ? "True" : "False"
    }
  }
}

extension Double {
  /// Python writes an exponent from 1e16 on, Swift from 2^54 on.
  fileprivate var pythonText: String {
    let text = description
    guard magnitude >= 1e16, text.hasSuffix(".0") else { return text }
    let digits = text.drop { $0 == "-" }.dropLast(2)
    let fraction = digits.dropFirst().reversed().drop { $0 == "0" }.reversed()
    let mantissa = String(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + String(fraction))
    return (self < 0 ? "-" : "") + mantissa + "e+\(digits.count - 1)"
  }
}
