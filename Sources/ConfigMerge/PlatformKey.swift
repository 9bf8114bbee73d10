import Model

/// The platform that a rule is for: one, or `*` for all.
enum PlatformKey: Hashable, Sendable {
  case all
  case one(Platform)

  init(parsing text: String) throws(ParseError) {
    if text == "*" { self = .all } else { self = .one(try Platform(parsing: text)) }
  }
}

/// What is said by platform, `*` for those without an entry of their own.
struct ByPlatform<Value: Sendable>: Sendable {
  var values: [PlatformKey: Value] = [:]

  subscript(platform: Platform) -> Value? { values[.one(platform)] ?? values[.all] }
}
