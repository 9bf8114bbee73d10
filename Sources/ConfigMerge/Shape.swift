/// What a value in a configuration file must look like.
indirect enum Shape: Sendable {
  case boolean
  case integer(ClosedRange<Int>)
  case text(TextForm)
  /// A string, a number or a boolean.
  case scalar
  case choice([String])
  case list(Shape, isEmptyAllowed: Bool = true)
  case object([KnownKey])
  /// A mapping whose keys are names of the user's.
  case map(TextForm, Shape)
  /// The first shape whose kind of value it is, as in a string or a mapping.
  case either(Shape, Shape)
  /// Null takes back what the shared configuration says.
  case nullable(Shape)
}

/// A key of the configuration: what it means, what it holds, and how shared and runenv's values are merged.
struct KnownKey: Sendable {
  let key: Key
  /// One sentence for people, without a full stop.
  let summary: String
  let shape: Shape
  var isRequired = false
  /// The value when no file gives one.
  var defaultValue: Outline?
  /// Whether only the shared configuration may hold it.
  var isSharedOnly = false

  var name: String { key.rawValue }

  init(
    _ key: Key, _ shape: Shape, _ summary: String, isRequired: Bool = false,
    default defaultValue: Outline? = nil,
    isSharedOnly: Bool = false
  ) {
    self.key = key
    self.shape = shape
    self.summary = summary
    self.isRequired = isRequired
    self.defaultValue = defaultValue
    self.isSharedOnly = isSharedOnly
  }
}
