package import Model

/// What is said by package, `*` for those without an entry of their own.
struct ByPackage<Value: Sendable>: Sendable {
  var all: Value?
  var named: [PackageName: Value] = [:]
}

/// A setting that each package may have its own value of.
package struct PackageSetting<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Of packages without a value of their own.
  package let standard: Located<Value>
  package let named: [PackageName: Located<Value>]

  package subscript(name: PackageName) -> Located<Value> { named[name] ?? standard }

  /// Every value that some package may have.
  package var values: [Located<Value>] {
    [standard] + named.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension PackageSetting {
  /// As the configuration has it: one value, or a mapping.
  func outline(_ content: (Located<Value>) -> Outline) -> Outline {
    guard !named.isEmpty else { return content(standard) }
    let entries = named.sorted { $0.key < $1.key }.map { (key: $0.key.normalized, value: content($0.value)) }
    return Outline(.map([(key: "*", value: content(standard))] + entries))
  }
}
