/// What an environment holds of a package's Python code.
package enum CodeLevel: String, Sendable, Hashable, CaseIterable, Codable {
  /// The sources, as the wheel brings them.
  case instant
  /// Byte code, made ahead.
  case bytecode
  /// Native code; what can't be compiled fails.
  case native
  /// Native code where it compiles, byte code elsewhere.
  case mixed
}
