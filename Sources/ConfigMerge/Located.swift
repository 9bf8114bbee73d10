package import Model

/// Which of the configurations a value comes from.
package enum Origin: String, Sendable, Hashable {
  /// `shared-config.json`, which every runenv starts from.
  case shared
  /// The runenv's own file.
  case runenv
  /// A module's own file.
  case module
  /// A recipe for a build.
  case recipe
  /// No file says anything: ppp's own choice.
  case `default`
}

/// A value and the place in a configuration file that it comes from.
package struct Located<Value> {
  package let value: Value
  /// Nil for a default.
  package let position: SourcePosition?
  package let origin: Origin

  package init(_ value: Value, at position: SourcePosition?, origin: Origin) {
    self.value = value
    self.position = position
    self.origin = origin
  }

  /// A value that no file gives.
  package init(default value: Value) { self.init(value, at: nil, origin: .default) }

  /// Another value from the same place.
  func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
    Located<Other>(transform(value), at: position, origin: origin)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
