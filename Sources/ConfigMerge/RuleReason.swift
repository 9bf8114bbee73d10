import Model

/// Why a rule is there, and for how long.
struct RuleReason: Sendable, Hashable {
  let text: String
  /// The last day on which nobody needs to look at the rule again; nil when no file gives one.
  let until: Located<CalendarDay>?
}
