import ConfigMerge
import Model

/// A variable or a value written out.
enum TemplateOperand: Equatable, Sendable {
  case variable(String, at: SourcePosition)
  case literal(OptionValue, at: SourcePosition)

  var position: SourcePosition {
    switch self {
    case .variable(_, let position), .literal(_, let position): position
    }
  }
}

/// What stands behind `if` and `elif`.
indirect enum TemplateCondition: Equatable, Sendable {
  case test(TemplateOperand)
  case equal(TemplateOperand, TemplateOperand, negated: Bool)
  case not(TemplateCondition)
  case and(TemplateCondition, TemplateCondition)
  case or(TemplateCondition, TemplateCondition)
}

/// A piece of a template, understood.
indirect enum TemplateNode: Equatable, Sendable {
  struct Branch: Equatable, Sendable {
    /// Nil for `else`.
    let condition: TemplateCondition?
    var nodes: [TemplateNode] = []
  }

  case text(String)
  case output(TemplateOperand)
  case choice([Branch])
}
