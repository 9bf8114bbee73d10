/// An error that can say what is wrong with a TOML file; an enum has these as its cases.
package protocol TOMLProblem: Error {
  /// The text is not TOML from this place on.
  static func notTOML(file: String, line: Int, column: Int, reason: String) -> Self
  /// A value is missing or of another kind; `line` is where its table starts.
  static func badValue(file: String, line: Int, key: String, problem: String) -> Self
}
